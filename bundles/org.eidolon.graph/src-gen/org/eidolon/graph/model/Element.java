// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import com.google.gson.JsonElement;

import org.eclipse.emf.common.util.EMap;

import org.eclipse.emf.ecore.EObject;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Element</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * Something with an id and a place on the canvas. Ids are unique in a graph over nodes, reroutes, frames and notes.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Element#getId <em>Id</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Element#getX <em>X</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Element#getY <em>Y</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Element#getWidth <em>Width</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Element#getHeight <em>Height</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Element#getUnknown <em>Unknown</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getElement()
 * @generated
 */
public interface Element extends EObject {
	/**
	 * Returns the value of the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Id</em>' attribute.
	 * @see #setId(String)
	 * @see org.eidolon.graph.model.GraphPackage#getElement_Id()
	 * @generated
	 */
	String getId();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Element#getId <em>Id</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Id</em>' attribute.
	 * @see #getId()
	 * @generated
	 */
	void setId(String value);

	/**
	 * Returns the value of the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Left edge in canvas pixels; null where the element was never placed.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>X</em>' attribute.
	 * @see #setX(Integer)
	 * @see org.eidolon.graph.model.GraphPackage#getElement_X()
	 * @generated
	 */
	Integer getX();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Element#getX <em>X</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>X</em>' attribute.
	 * @see #getX()
	 * @generated
	 */
	void setX(Integer value);

	/**
	 * Returns the value of the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Y</em>' attribute.
	 * @see #setY(Integer)
	 * @see org.eidolon.graph.model.GraphPackage#getElement_Y()
	 * @generated
	 */
	Integer getY();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Element#getY <em>Y</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Y</em>' attribute.
	 * @see #getY()
	 * @generated
	 */
	void setY(Integer value);

	/**
	 * Returns the value of the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Width in canvas pixels; null for the natural width. Kept only together with a height and a position.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Width</em>' attribute.
	 * @see #setWidth(Integer)
	 * @see org.eidolon.graph.model.GraphPackage#getElement_Width()
	 * @generated
	 */
	Integer getWidth();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Element#getWidth <em>Width</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Width</em>' attribute.
	 * @see #getWidth()
	 * @generated
	 */
	void setWidth(Integer value);

	/**
	 * Returns the value of the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Height</em>' attribute.
	 * @see #setHeight(Integer)
	 * @see org.eidolon.graph.model.GraphPackage#getElement_Height()
	 * @generated
	 */
	Integer getHeight();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Element#getHeight <em>Height</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Height</em>' attribute.
	 * @see #getHeight()
	 * @generated
	 */
	void setHeight(Integer value);

	/**
	 * Returns the value of the '<em><b>Unknown</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link com.google.gson.JsonElement},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Unknown</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getElement_Unknown()
	 * @generated
	 */
	EMap<String, JsonElement> getUnknown();

} // Element
