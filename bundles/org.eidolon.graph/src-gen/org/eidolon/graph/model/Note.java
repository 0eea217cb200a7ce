// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;


/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Note</b></em>'.
 * <!-- end-user-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Note#getText <em>Text</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Note#getColor <em>Color</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getNote()
 * @generated
 */
public interface Note extends Element {
	/**
	 * Returns the value of the '<em><b>Text</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Text</em>' attribute.
	 * @see #setText(String)
	 * @see org.eidolon.graph.model.GraphPackage#getNote_Text()
	 * @generated
	 */
	String getText();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Note#getText <em>Text</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Text</em>' attribute.
	 * @see #getText()
	 * @generated
	 */
	void setText(String value);

	/**
	 * Returns the value of the '<em><b>Color</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Color</em>' attribute.
	 * @see #setColor(String)
	 * @see org.eidolon.graph.model.GraphPackage#getNote_Color()
	 * @generated
	 */
	String getColor();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Note#getColor <em>Color</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Color</em>' attribute.
	 * @see #getColor()
	 * @generated
	 */
	void setColor(String value);

} // Note
