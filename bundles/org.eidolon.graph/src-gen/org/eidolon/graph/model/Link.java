// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Link</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * One connection; it lives in the node it ends at.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Link#getFrom <em>From</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Link#getPort <em>Port</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Link#getTarget <em>Target</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getLink()
 * @generated
 */
public interface Link extends EObject {
	/**
	 * Returns the value of the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Where it starts: 'node.output', or the bare id of a reroute. See PortRef.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>From</em>' attribute.
	 * @see #setFrom(String)
	 * @see org.eidolon.graph.model.GraphPackage#getLink_From()
	 * @generated
	 */
	String getFrom();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Link#getFrom <em>From</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>From</em>' attribute.
	 * @see #getFrom()
	 * @generated
	 */
	void setFrom(String value);

	/**
	 * Returns the value of the '<em><b>Port</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The input of the target node at which it ends.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Port</em>' attribute.
	 * @see #setPort(String)
	 * @see org.eidolon.graph.model.GraphPackage#getLink_Port()
	 * @generated
	 */
	String getPort();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Link#getPort <em>Port</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Port</em>' attribute.
	 * @see #getPort()
	 * @generated
	 */
	void setPort(String value);

	/**
	 * Returns the value of the '<em><b>Target</b></em>' container reference.
	 * It is bidirectional and its opposite is '{@link org.eidolon.graph.model.GraphNode#getLinks <em>Links</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Target</em>' container reference.
	 * @see #setTarget(GraphNode)
	 * @see org.eidolon.graph.model.GraphPackage#getLink_Target()
	 * @see org.eidolon.graph.model.GraphNode#getLinks
	 * @generated
	 */
	GraphNode getTarget();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Link#getTarget <em>Target</em>}' container reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Target</em>' container reference.
	 * @see #getTarget()
	 * @generated
	 */
	void setTarget(GraphNode value);

} // Link
