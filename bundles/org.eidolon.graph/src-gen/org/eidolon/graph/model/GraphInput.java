// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import com.google.gson.JsonElement;

import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.common.util.EMap;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Input</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * A declared input of the graph: a name for one or several inputs or parameters of its nodes.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.GraphInput#getName <em>Name</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphInput#getTo <em>To</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphInput#getLabel <em>Label</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphInput#getDescription <em>Description</em>}</li>
 *   <li>{@link org.eidolon.graph.model.GraphInput#getUnknown <em>Unknown</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getGraphInput()
 * @generated
 */
public interface GraphInput extends EObject {
	/**
	 * Returns the value of the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Name</em>' attribute.
	 * @see #setName(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphInput_Name()
	 * @generated
	 */
	String getName();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphInput#getName <em>Name</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Name</em>' attribute.
	 * @see #getName()
	 * @generated
	 */
	void setName(String value);

	/**
	 * Returns the value of the '<em><b>To</b></em>' attribute list.
	 * The list contents are of type {@link java.lang.String}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * 'node.input' or 'node.parameter'.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>To</em>' attribute list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraphInput_To()
	 * @generated
	 */
	EList<String> getTo();

	/**
	 * Returns the value of the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Label</em>' attribute.
	 * @see #setLabel(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraphInput_Label()
	 * @generated
	 */
	String getLabel();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphInput#getLabel <em>Label</em>}' attribute.
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
	 * @see org.eidolon.graph.model.GraphPackage#getGraphInput_Description()
	 * @generated
	 */
	String getDescription();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.GraphInput#getDescription <em>Description</em>}' attribute.
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
	 * @see org.eidolon.graph.model.GraphPackage#getGraphInput_Unknown()
	 * @generated
	 */
	EMap<String, JsonElement> getUnknown();

} // GraphInput
