// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import com.google.gson.JsonElement;

import org.eclipse.emf.common.util.EMap;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Output</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * A declared output of the graph: a name for one output of one of its nodes.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.GraphOutput#getName <em>Name</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphOutput#getFrom <em>From</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphOutput#getLabel <em>Label</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphOutput#getDescription <em>Description</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphOutput#getUnknown <em>Unknown</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput()
 * @generated
 */
public interface GraphOutput extends EObject {
	/**
	 * Returns the value of the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Name</em>' attribute.
	 * @see #setName(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput_Name()
	 * @generated
	 */
	String getName();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphOutput#getName <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Name</em>' attribute.
	 * @see #getName()
	 * @generated
	 */
	void setName(String value);

	/**
	 * Returns the value of the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>From</em>' attribute.
	 * @see #setFrom(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput_From()
	 * @generated
	 */
	String getFrom();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphOutput#getFrom <em>From</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>From</em>' attribute.
	 * @see #getFrom()
	 * @generated
	 */
	void setFrom(String value);

	/**
	 * Returns the value of the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Label</em>' attribute.
	 * @see #setLabel(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput_Label()
	 * @generated
	 */
	String getLabel();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphOutput#getLabel <em>Label</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Label</em>' attribute.
	 * @see #getLabel()
	 * @generated
	 */
	void setLabel(String value);

	/**
	 * Returns the value of the '<em><b>Description</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Description</em>' attribute.
	 * @see #setDescription(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput_Description()
	 * @generated
	 */
	String getDescription();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphOutput#getDescription <em>Description</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Description</em>' attribute.
	 * @see #getDescription()
	 * @generated
	 */
	void setDescription(String value);

	/**
	 * Returns the value of the '<em><b>Unknown</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link com.google.gson.JsonElement},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Unknown</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getGraphOutput_Unknown()
	 * @generated
	 */
	EMap<String, JsonElement> getUnknown();

} // GraphOutput
