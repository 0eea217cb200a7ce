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
 * A representation of the model object '<em><b>Graph</b></em>'.
 * <!-- end-user-doc -->
 *
 * <!-- begin-model-doc -->
 * A graph of nodes: what one .eidolon file holds. Order of nodes, parameters and unknown fields is the file's order.
 * <!-- end-model-doc -->
 *
 * <p>
 * The following features are supported:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.Graph#getSchema <em>Schema</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getTitle <em>Title</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getDescription <em>Description</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getInputs <em>Inputs</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getOutputs <em>Outputs</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getNodes <em>Nodes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getReroutes <em>Reroutes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getFrames <em>Frames</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getNotes <em>Notes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getFiles <em>Files</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getUnknown <em>Unknown</em>}</li>
 *   <li>{@link org.eidolon.graph.model.Graph#getUnknownView <em>Unknown View</em>}</li>
 * </ul>
 *
 * @see org.eidolon.graph.model.GraphPackage#getGraph()
 * @generated
 */
public interface Graph extends EObject {
	/**
	 * Returns the value of the '<em><b>Schema</b></em>' attribute.
	 * The default value is <code>"1"</code>.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Schema</em>' attribute.
	 * @see #setSchema(int)
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Schema()
	 * @generated
	 */
	int getSchema();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Graph#getSchema <em>Schema</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Schema</em>' attribute.
	 * @see #getSchema()
	 * @generated
	 */
	void setSchema(int value);

	/**
	 * Returns the value of the '<em><b>Title</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Title</em>' attribute.
	 * @see #setTitle(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Title()
	 * @generated
	 */
	String getTitle();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Graph#getTitle <em>Title</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Title</em>' attribute.
	 * @see #getTitle()
	 * @generated
	 */
	void setTitle(String value);

	/**
	 * Returns the value of the '<em><b>Description</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Description</em>' attribute.
	 * @see #setDescription(String)
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Description()
	 * @generated
	 */
	String getDescription();

	/**
	 * Sets the value of the '{@link org.eidolon.graph.model.Graph#getDescription <em>Description</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @param value the new value of the '<em>Description</em>' attribute.
	 * @see #getDescription()
	 * @generated
	 */
	void setDescription(String value);

	/**
	 * Returns the value of the '<em><b>Inputs</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.GraphInput}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Inputs</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Inputs()
	 * @generated
	 */
	EList<GraphInput> getInputs();

	/**
	 * Returns the value of the '<em><b>Outputs</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.GraphOutput}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Outputs</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Outputs()
	 * @generated
	 */
	EList<GraphOutput> getOutputs();

	/**
	 * Returns the value of the '<em><b>Nodes</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.GraphNode}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Nodes</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Nodes()
	 * @generated
	 */
	EList<GraphNode> getNodes();

	/**
	 * Returns the value of the '<em><b>Reroutes</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.Reroute}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Reroutes</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Reroutes()
	 * @generated
	 */
	EList<Reroute> getReroutes();

	/**
	 * Returns the value of the '<em><b>Frames</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.Frame}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Frames</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Frames()
	 * @generated
	 */
	EList<Frame> getFrames();

	/**
	 * Returns the value of the '<em><b>Notes</b></em>' containment reference list.
	 * The list contents are of type {@link org.eidolon.graph.model.Note}.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Notes</em>' containment reference list.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Notes()
	 * @generated
	 */
	EList<Note> getNotes();

	/**
	 * Returns the value of the '<em><b>Files</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link java.lang.String},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Path of a referenced file (relative to the graph's folder, '/'-separated) to its sha256 in hex.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Files</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Files()
	 * @generated
	 */
	EMap<String, String> getFiles();

	/**
	 * Returns the value of the '<em><b>Unknown</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link com.google.gson.JsonElement},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the value of the '<em>Unknown</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_Unknown()
	 * @generated
	 */
	EMap<String, JsonElement> getUnknown();

	/**
	 * Returns the value of the '<em><b>Unknown View</b></em>' map.
	 * The key is of type {@link java.lang.String},
	 * and the value is of type {@link com.google.gson.JsonElement},
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * <!-- begin-model-doc -->
	 * Entries of the view section that belong to no element of the graph.
	 * <!-- end-model-doc -->
	 * @return the value of the '<em>Unknown View</em>' map.
	 * @see org.eidolon.graph.model.GraphPackage#getGraph_UnknownView()
	 * @generated
	 */
	EMap<String, JsonElement> getUnknownView();

} // Graph
