// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import com.google.gson.JsonElement;

import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.common.util.EMap;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Node</b></em>'.
 * <!-- end-user-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.GraphNode#getType <em>Type</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#getVersion <em>Version</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#getLabel <em>Label</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#isMuted <em>Muted</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#isBypassed <em>Bypassed</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#isCollapsed <em>Collapsed</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#getLinks <em>Links</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphNode#getParameters <em>Parameters</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getGraphNode()
 * @generated
 */
public interface GraphNode extends Element {
	/**
	 * Returns the value of the '<em><b>Type</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Type</em>' attribute.
	 * @see #setType(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Type()
	 * @generated
	 */
	String getType();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#getType <em>Type</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Type</em>' attribute.
	 * @see #getType()
	 * @generated
	 */
	void setType(String value);

	/**
	 * Returns the value of the '<em><b>Version</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Version of the node type that wrote the parameters; 0 where the file names none.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Version</em>' attribute.
	 * @see #setVersion(int)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Version()
	 * @generated
	 */
	int getVersion();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#getVersion <em>Version</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Version</em>' attribute.
	 * @see #getVersion()
	 * @generated
	 */
	void setVersion(int value);

	/**
	 * Returns the value of the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Label</em>' attribute.
	 * @see #setLabel(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Label()
	 * @generated
	 */
	String getLabel();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#getLabel <em>Label</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Label</em>' attribute.
	 * @see #getLabel()
	 * @generated
	 */
	void setLabel(String value);

	/**
	 * Returns the value of the '<em><b>Muted</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Not run; what depends on it is not run either.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Muted</em>' attribute.
	 * @see #setMuted(boolean)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Muted()
	 * @generated
	 */
	boolean isMuted();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#isMuted <em>Muted</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Muted</em>' attribute.
	 * @see #isMuted()
	 * @generated
	 */
	void setMuted(boolean value);

	/**
	 * Returns the value of the '<em><b>Bypassed</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Not run; its input of the same type goes on to its output.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Bypassed</em>' attribute.
	 * @see #setBypassed(boolean)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Bypassed()
	 * @generated
	 */
	boolean isBypassed();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#isBypassed <em>Bypassed</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Bypassed</em>' attribute.
	 * @see #isBypassed()
	 * @generated
	 */
	void setBypassed(boolean value);

	/**
	 * Returns the value of the '<em><b>Collapsed</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Collapsed</em>' attribute.
	 * @see #setCollapsed(boolean)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Collapsed()
	 * @generated
	 */
	boolean isCollapsed();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphNode#isCollapsed <em>Collapsed</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Collapsed</em>' attribute.
	 * @see #isCollapsed()
	 * @generated
	 */
	void setCollapsed(boolean value);

	/**
	 * Returns the value of the '<em><b>Links</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.Link}.
	 * It is bidirectional and its opposite is '{@link org.eidolon.graph.model.Link#getTarget <em>Target</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * The links that end at this node; several with the same port for an input that takes a list.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Links</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Links()
	 * @see org.eidolon.graph.model.Link#getTarget
	 * @generated
	 */
	EList<Link> getLinks();

	/**
	 * Returns the value of the '<em><b>Parameters</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link com.google.gson.JsonElement},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Parameters</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getGraphNode_Parameters()
	 * @generated
	 */
	EMap<String, JsonElement> getParameters();

} // GraphNode
