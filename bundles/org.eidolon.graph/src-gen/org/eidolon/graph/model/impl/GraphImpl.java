// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model.impl;

import com.google.gson.JsonElement;

import java.util.Collection;

import org.eclipse.emf.common.notify.Notification;
import org.eclipse.emf.common.notify.NotificationChain;

import org.eclipse.emf.common.util.EList;
import org.eclipse.emf.common.util.EMap;

import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EStructuralFeature;
import org.eclipse.emf.ecore.InternalEObject;

import org.eclipse.emf.ecore.impl.ENotificationImpl;
import org.eclipse.emf.ecore.impl.EObjectImpl;

import org.eclipse.emf.ecore.util.EObjectContainmentEList;
import org.eclipse.emf.ecore.util.EcoreEMap;
import org.eclipse.emf.ecore.util.InternalEList;

import org.eidolon.graph.model.Frame;
import org.eidolon.graph.model.Graph;
import org.eidolon.graph.model.GraphInput;
import org.eidolon.graph.model.GraphNode;
import org.eidolon.graph.model.GraphOutput;
import org.eidolon.graph.model.GraphPackage;
import org.eidolon.graph.model.Note;
import org.eidolon.graph.model.Reroute;

/**
 * <!-- begin-user-doc -->
 * An implementation of the model object '<em><b>Graph</b></em>'.
 * <!-- end-user-doc -->
 * <p>
 * The following features are implemented:
 * </p>
 * <ul>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getSchema <em>Schema</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getTitle <em>Title</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getDescription <em>Description</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getInputs <em>Inputs</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getOutputs <em>Outputs</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getNodes <em>Nodes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getReroutes <em>Reroutes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getFrames <em>Frames</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getNotes <em>Notes</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getFiles <em>Files</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getUnknown <em>Unknown</em>}</li>
 *   <li>{@link org.eidolon.graph.model.impl.GraphImpl#getUnknownView <em>Unknown View</em>}</li>
 * </ul>
 *
 * @generated
 */
public class GraphImpl extends EObjectImpl implements Graph {
	/**
	 * The default value of the '{@link #getSchema() <em>Schema</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getSchema()
	 * @generated
	 * @ordered
	 */
	protected static final int SCHEMA_EDEFAULT = 1;

	/**
	 * The cached value of the '{@link #getSchema() <em>Schema</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getSchema()
	 * @generated
	 * @ordered
	 */
	protected int schema = SCHEMA_EDEFAULT;

	/**
	 * The default value of the '{@link #getTitle() <em>Title</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getTitle()
	 * @generated
	 * @ordered
	 */
	protected static final String TITLE_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getTitle() <em>Title</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getTitle()
	 * @generated
	 * @ordered
	 */
	protected String title = TITLE_EDEFAULT;

	/**
	 * The default value of the '{@link #getDescription() <em>Description</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDescription()
	 * @generated
	 * @ordered
	 */
	protected static final String DESCRIPTION_EDEFAULT = null;

	/**
	 * The cached value of the '{@link #getDescription() <em>Description</em>}' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getDescription()
	 * @generated
	 * @ordered
	 */
	protected String description = DESCRIPTION_EDEFAULT;

	/**
	 * The cached value of the '{@link #getInputs() <em>Inputs</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getInputs()
	 * @generated
	 * @ordered
	 */
	protected EList<GraphInput> inputs;

	/**
	 * The cached value of the '{@link #getOutputs() <em>Outputs</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getOutputs()
	 * @generated
	 * @ordered
	 */
	protected EList<GraphOutput> outputs;

	/**
	 * The cached value of the '{@link #getNodes() <em>Nodes</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getNodes()
	 * @generated
	 * @ordered
	 */
	protected EList<GraphNode> nodes;

	/**
	 * The cached value of the '{@link #getReroutes() <em>Reroutes</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getReroutes()
	 * @generated
	 * @ordered
	 */
	protected EList<Reroute> reroutes;

	/**
	 * The cached value of the '{@link #getFrames() <em>Frames</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getFrames()
	 * @generated
	 * @ordered
	 */
	protected EList<Frame> frames;

	/**
	 * The cached value of the '{@link #getNotes() <em>Notes</em>}' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getNotes()
	 * @generated
	 * @ordered
	 */
	protected EList<Note> notes;

	/**
	 * The cached value of the '{@link #getFiles() <em>Files</em>}' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getFiles()
	 * @generated
	 * @ordered
	 */
	protected EMap<String, String> files;

	/**
	 * The cached value of the '{@link #getUnknown() <em>Unknown</em>}' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getUnknown()
	 * @generated
	 * @ordered
	 */
	protected EMap<String, JsonElement> unknown;

	/**
	 * The cached value of the '{@link #getUnknownView() <em>Unknown View</em>}' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see #getUnknownView()
	 * @generated
	 * @ordered
	 */
	protected EMap<String, JsonElement> unknownView;

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	protected GraphImpl() {
		super();
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	protected EClass eStaticClass() {
		return GraphPackage.Literals.GRAPH;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public int getSchema() {
		return schema;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setSchema(int newSchema) {
		int oldSchema = schema;
		schema = newSchema;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, GraphPackage.GRAPH__SCHEMA, oldSchema, schema));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getTitle() {
		return title;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setTitle(String newTitle) {
		String oldTitle = title;
		title = newTitle;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, GraphPackage.GRAPH__TITLE, oldTitle, title));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String getDescription() {
		return description;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void setDescription(String newDescription) {
		String oldDescription = description;
		description = newDescription;
		if (eNotificationRequired())
			eNotify(new ENotificationImpl(this, Notification.SET, GraphPackage.GRAPH__DESCRIPTION, oldDescription, description));
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<GraphInput> getInputs() {
		if (inputs == null) {
			inputs = new EObjectContainmentEList<GraphInput>(GraphInput.class, this, GraphPackage.GRAPH__INPUTS);
		}
		return inputs;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<GraphOutput> getOutputs() {
		if (outputs == null) {
			outputs = new EObjectContainmentEList<GraphOutput>(GraphOutput.class, this, GraphPackage.GRAPH__OUTPUTS);
		}
		return outputs;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<GraphNode> getNodes() {
		if (nodes == null) {
			nodes = new EObjectContainmentEList<GraphNode>(GraphNode.class, this, GraphPackage.GRAPH__NODES);
		}
		return nodes;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Reroute> getReroutes() {
		if (reroutes == null) {
			reroutes = new EObjectContainmentEList<Reroute>(Reroute.class, this, GraphPackage.GRAPH__REROUTES);
		}
		return reroutes;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Frame> getFrames() {
		if (frames == null) {
			frames = new EObjectContainmentEList<Frame>(Frame.class, this, GraphPackage.GRAPH__FRAMES);
		}
		return frames;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EList<Note> getNotes() {
		if (notes == null) {
			notes = new EObjectContainmentEList<Note>(Note.class, this, GraphPackage.GRAPH__NOTES);
		}
		return notes;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EMap<String, String> getFiles() {
		if (files == null) {
			files = new EcoreEMap<String,String>(GraphPackage.Literals.STRING_TO_STRING, StringToStringImpl.class, this, GraphPackage.GRAPH__FILES);
		}
		return files;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EMap<String, JsonElement> getUnknown() {
		if (unknown == null) {
			unknown = new EcoreEMap<String,JsonElement>(GraphPackage.Literals.STRING_TO_JSON, StringToJsonImpl.class, this, GraphPackage.GRAPH__UNKNOWN);
		}
		return unknown;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public EMap<String, JsonElement> getUnknownView() {
		if (unknownView == null) {
			unknownView = new EcoreEMap<String,JsonElement>(GraphPackage.Literals.STRING_TO_JSON, StringToJsonImpl.class, this, GraphPackage.GRAPH__UNKNOWN_VIEW);
		}
		return unknownView;
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public NotificationChain eInverseRemove(InternalEObject otherEnd, int featureID, NotificationChain msgs) {
		switch (featureID) {
			case GraphPackage.GRAPH__INPUTS:
				return ((InternalEList<?>)getInputs()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__OUTPUTS:
				return ((InternalEList<?>)getOutputs()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__NODES:
				return ((InternalEList<?>)getNodes()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__REROUTES:
				return ((InternalEList<?>)getReroutes()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__FRAMES:
				return ((InternalEList<?>)getFrames()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__NOTES:
				return ((InternalEList<?>)getNotes()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__FILES:
				return ((InternalEList<?>)getFiles()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__UNKNOWN:
				return ((InternalEList<?>)getUnknown()).basicRemove(otherEnd, msgs);
			case GraphPackage.GRAPH__UNKNOWN_VIEW:
				return ((InternalEList<?>)getUnknownView()).basicRemove(otherEnd, msgs);
		}
		return super.eInverseRemove(otherEnd, featureID, msgs);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public Object eGet(int featureID, boolean resolve, boolean coreType) {
		switch (featureID) {
			case GraphPackage.GRAPH__SCHEMA:
				return getSchema();
			case GraphPackage.GRAPH__TITLE:
				return getTitle();
			case GraphPackage.GRAPH__DESCRIPTION:
				return getDescription();
			case GraphPackage.GRAPH__INPUTS:
				return getInputs();
			case GraphPackage.GRAPH__OUTPUTS:
				return getOutputs();
			case GraphPackage.GRAPH__NODES:
				return getNodes();
			case GraphPackage.GRAPH__REROUTES:
				return getReroutes();
			case GraphPackage.GRAPH__FRAMES:
				return getFrames();
			case GraphPackage.GRAPH__NOTES:
				return getNotes();
			case GraphPackage.GRAPH__FILES:
				if (coreType) return getFiles();
				else return getFiles().map();
			case GraphPackage.GRAPH__UNKNOWN:
				if (coreType) return getUnknown();
				else return getUnknown().map();
			case GraphPackage.GRAPH__UNKNOWN_VIEW:
				if (coreType) return getUnknownView();
				else return getUnknownView().map();
		}
		return super.eGet(featureID, resolve, coreType);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@SuppressWarnings("unchecked")
	@Override
	public void eSet(int featureID, Object newValue) {
		switch (featureID) {
			case GraphPackage.GRAPH__SCHEMA:
				setSchema((Integer)newValue);
				return;
			case GraphPackage.GRAPH__TITLE:
				setTitle((String)newValue);
				return;
			case GraphPackage.GRAPH__DESCRIPTION:
				setDescription((String)newValue);
				return;
			case GraphPackage.GRAPH__INPUTS:
				getInputs().clear();
				getInputs().addAll((Collection<? extends GraphInput>)newValue);
				return;
			case GraphPackage.GRAPH__OUTPUTS:
				getOutputs().clear();
				getOutputs().addAll((Collection<? extends GraphOutput>)newValue);
				return;
			case GraphPackage.GRAPH__NODES:
				getNodes().clear();
				getNodes().addAll((Collection<? extends GraphNode>)newValue);
				return;
			case GraphPackage.GRAPH__REROUTES:
				getReroutes().clear();
				getReroutes().addAll((Collection<? extends Reroute>)newValue);
				return;
			case GraphPackage.GRAPH__FRAMES:
				getFrames().clear();
				getFrames().addAll((Collection<? extends Frame>)newValue);
				return;
			case GraphPackage.GRAPH__NOTES:
				getNotes().clear();
				getNotes().addAll((Collection<? extends Note>)newValue);
				return;
			case GraphPackage.GRAPH__FILES:
				((EStructuralFeature.Setting)getFiles()).set(newValue);
				return;
			case GraphPackage.GRAPH__UNKNOWN:
				((EStructuralFeature.Setting)getUnknown()).set(newValue);
				return;
			case GraphPackage.GRAPH__UNKNOWN_VIEW:
				((EStructuralFeature.Setting)getUnknownView()).set(newValue);
				return;
		}
		super.eSet(featureID, newValue);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public void eUnset(int featureID) {
		switch (featureID) {
			case GraphPackage.GRAPH__SCHEMA:
				setSchema(SCHEMA_EDEFAULT);
				return;
			case GraphPackage.GRAPH__TITLE:
				setTitle(TITLE_EDEFAULT);
				return;
			case GraphPackage.GRAPH__DESCRIPTION:
				setDescription(DESCRIPTION_EDEFAULT);
				return;
			case GraphPackage.GRAPH__INPUTS:
				getInputs().clear();
				return;
			case GraphPackage.GRAPH__OUTPUTS:
				getOutputs().clear();
				return;
			case GraphPackage.GRAPH__NODES:
				getNodes().clear();
				return;
			case GraphPackage.GRAPH__REROUTES:
				getReroutes().clear();
				return;
			case GraphPackage.GRAPH__FRAMES:
				getFrames().clear();
				return;
			case GraphPackage.GRAPH__NOTES:
				getNotes().clear();
				return;
			case GraphPackage.GRAPH__FILES:
				getFiles().clear();
				return;
			case GraphPackage.GRAPH__UNKNOWN:
				getUnknown().clear();
				return;
			case GraphPackage.GRAPH__UNKNOWN_VIEW:
				getUnknownView().clear();
				return;
		}
		super.eUnset(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public boolean eIsSet(int featureID) {
		switch (featureID) {
			case GraphPackage.GRAPH__SCHEMA:
				return schema != SCHEMA_EDEFAULT;
			case GraphPackage.GRAPH__TITLE:
				return TITLE_EDEFAULT == null ? title != null : !TITLE_EDEFAULT.equals(title);
			case GraphPackage.GRAPH__DESCRIPTION:
				return DESCRIPTION_EDEFAULT == null ? description != null : !DESCRIPTION_EDEFAULT.equals(description);
			case GraphPackage.GRAPH__INPUTS:
				return inputs != null && !inputs.isEmpty();
			case GraphPackage.GRAPH__OUTPUTS:
				return outputs != null && !outputs.isEmpty();
			case GraphPackage.GRAPH__NODES:
				return nodes != null && !nodes.isEmpty();
			case GraphPackage.GRAPH__REROUTES:
				return reroutes != null && !reroutes.isEmpty();
			case GraphPackage.GRAPH__FRAMES:
				return frames != null && !frames.isEmpty();
			case GraphPackage.GRAPH__NOTES:
				return notes != null && !notes.isEmpty();
			case GraphPackage.GRAPH__FILES:
				return files != null && !files.isEmpty();
			case GraphPackage.GRAPH__UNKNOWN:
				return unknown != null && !unknown.isEmpty();
			case GraphPackage.GRAPH__UNKNOWN_VIEW:
				return unknownView != null && !unknownView.isEmpty();
		}
		return super.eIsSet(featureID);
	}

	/**
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	@Override
	public String toString() {
		if (eIsProxy()) return super.toString();

		StringBuilder result = new StringBuilder(super.toString());
		result.append(" (schema: ");
		result.append(schema);
		result.append(", title: ");
		result.append(title);
		result.append(", description: ");
		result.append(description);
		result.append(')');
		return result.toString();
	}

} //GraphImpl
