// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import org.eclipse.emf.common.util.EList;

/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Frame</b></em>'.
 * <!-- end-user-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Frame#getTitle <em>Title</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Frame#getColor <em>Color</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Frame#getMembers <em>Members</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getFrame()
 * @generated
 */
public interface Frame extends Element {
	/**
	 * Returns the value of the '<em><b>Title</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Title</em>' attribute.
	 * @see #setTitle(String)
	 * @see org.eidolon.graph.model.GraphPackage#getFrame_Title()
	 * @generated
	 */
	String getTitle();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Frame#getTitle <em>Title</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Title</em>' attribute.
	 * @see #getTitle()
	 * @generated
	 */
	void setTitle(String value);

	/**
	 * Returns the value of the '<em><b>Color</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * #rrggbb, or null for the theme's colour.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Color</em>' attribute.
	 * @see #setColor(String)
	 * @see org.eidolon.graph.model.GraphPackage#getFrame_Color()
	 * @generated
	 */
	String getColor();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Frame#getColor <em>Color</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Color</em>' attribute.
	 * @see #getColor()
	 * @generated
	 */
	void setColor(String value);

	/**
	 * Returns the value of the '<em><b>Members</b></em>' attribute list.
	 * The list contents are of type {@link java.lang.String}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Ids of the elements that move with the frame.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Members</em>' attribute list.
	 * @see org.eidolon.graph.model.GraphPackage#getFrame_Members()
	 * @generated
	 */
	EList<String> getMembers();

} // Frame
