// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;


/**
 * <!-- begin-user-doc -->
 * A representation of the model object '<em><b>Reroute</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * A dot on a link, from which several links may go on; it changes nothing in what runs.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Reroute#getFrom <em>From</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getReroute()
 * @generated
 */
public interface Reroute extends Element {
	/**
	 * Returns the value of the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>From</em>' attribute.
	 * @see #setFrom(String)
	 * @see org.eidolon.graph.model.GraphPackage#getReroute_From()
	 * @generated
	 */
	String getFrom();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Reroute#getFrom <em>From</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>From</em>' attribute.
	 * @see #getFrom()
	 * @generated
	 */
	void setFrom(String value);

} // Reroute
