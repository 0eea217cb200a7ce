// SPDX-License-Identifier: EPL-2.0
/**
 */
package org.eidolon.graph.model;

import org.eclipse.emf.ecore.EAttribute;
import org.eclipse.emf.ecore.EClass;
import org.eclipse.emf.ecore.EDataType;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.EReference;

/**
 * <!-- begin-user-doc -->
 * The <b>Package</b> for the model.
 * It contains accessors for the meta objects to represent
 * <ul>
 *   <li>each class,</li>
 *   <li>each feature of each class,</li>
 *   <li>each enum,</li>
 *   <li>and each data type</li>
 * </ul>
 * <!-- end-user-doc -->
 * @see org.eidolon.graph.model.GraphFactory
 * @generated
 */
public interface GraphPackage extends EPackage {
	/**
	 * The package name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNAME = "graph";

	/**
	 * The package namespace URI.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_URI = "https://eidolon.org/graph/1";

	/**
	 * The package namespace name.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	String eNS_PREFIX = "graph";

	/**
	 * The singleton instance of the package.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 */
	GraphPackage eINSTANCE = org.eidolon.graph.model.impl.GraphPackageImpl.init();

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.GraphImpl <em>Graph</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.GraphImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraph()
	 * @generated
	 */
	int GRAPH = 0;

	/**
	 * The feature id for the '<em><b>Schema</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__SCHEMA = 0;

	/**
	 * The feature id for the '<em><b>Title</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__TITLE = 1;

	/**
	 * The feature id for the '<em><b>Description</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__DESCRIPTION = 2;

	/**
	 * The feature id for the '<em><b>Inputs</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__INPUTS = 3;

	/**
	 * The feature id for the '<em><b>Outputs</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__OUTPUTS = 4;

	/**
	 * The feature id for the '<em><b>Nodes</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__NODES = 5;

	/**
	 * The feature id for the '<em><b>Reroutes</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__REROUTES = 6;

	/**
	 * The feature id for the '<em><b>Frames</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__FRAMES = 7;

	/**
	 * The feature id for the '<em><b>Notes</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__NOTES = 8;

	/**
	 * The feature id for the '<em><b>Files</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__FILES = 9;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__UNKNOWN = 10;

	/**
	 * The feature id for the '<em><b>Unknown View</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH__UNKNOWN_VIEW = 11;

	/**
	 * The number of structural features of the '<em>Graph</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_FEATURE_COUNT = 12;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.ElementImpl <em>Element</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.ElementImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getElement()
	 * @generated
	 */
	int ELEMENT = 1;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__ID = 0;

	/**
	 * The feature id for the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__X = 1;

	/**
	 * The feature id for the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__Y = 2;

	/**
	 * The feature id for the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__WIDTH = 3;

	/**
	 * The feature id for the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__HEIGHT = 4;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT__UNKNOWN = 5;

	/**
	 * The number of structural features of the '<em>Element</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int ELEMENT_FEATURE_COUNT = 6;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.GraphNodeImpl <em>Node</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.GraphNodeImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphNode()
	 * @generated
	 */
	int GRAPH_NODE = 2;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__ID = ELEMENT__ID;

	/**
	 * The feature id for the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__X = ELEMENT__X;

	/**
	 * The feature id for the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__Y = ELEMENT__Y;

	/**
	 * The feature id for the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__WIDTH = ELEMENT__WIDTH;

	/**
	 * The feature id for the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__HEIGHT = ELEMENT__HEIGHT;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__UNKNOWN = ELEMENT__UNKNOWN;

	/**
	 * The feature id for the '<em><b>Type</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__TYPE = ELEMENT_FEATURE_COUNT + 0;

	/**
	 * The feature id for the '<em><b>Version</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__VERSION = ELEMENT_FEATURE_COUNT + 1;

	/**
	 * The feature id for the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__LABEL = ELEMENT_FEATURE_COUNT + 2;

	/**
	 * The feature id for the '<em><b>Muted</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__MUTED = ELEMENT_FEATURE_COUNT + 3;

	/**
	 * The feature id for the '<em><b>Bypassed</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__BYPASSED = ELEMENT_FEATURE_COUNT + 4;

	/**
	 * The feature id for the '<em><b>Collapsed</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__COLLAPSED = ELEMENT_FEATURE_COUNT + 5;

	/**
	 * The feature id for the '<em><b>Links</b></em>' containment reference list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__LINKS = ELEMENT_FEATURE_COUNT + 6;

	/**
	 * The feature id for the '<em><b>Parameters</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE__PARAMETERS = ELEMENT_FEATURE_COUNT + 7;

	/**
	 * The number of structural features of the '<em>Node</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_NODE_FEATURE_COUNT = ELEMENT_FEATURE_COUNT + 8;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.LinkImpl <em>Link</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.LinkImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getLink()
	 * @generated
	 */
	int LINK = 3;

	/**
	 * The feature id for the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LINK__FROM = 0;

	/**
	 * The feature id for the '<em><b>Port</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LINK__PORT = 1;

	/**
	 * The feature id for the '<em><b>Target</b></em>' container reference.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LINK__TARGET = 2;

	/**
	 * The number of structural features of the '<em>Link</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int LINK_FEATURE_COUNT = 3;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.GraphInputImpl <em>Input</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.GraphInputImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphInput()
	 * @generated
	 */
	int GRAPH_INPUT = 4;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT__NAME = 0;

	/**
	 * The feature id for the '<em><b>To</b></em>' attribute list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT__TO = 1;

	/**
	 * The feature id for the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT__LABEL = 2;

	/**
	 * The feature id for the '<em><b>Description</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT__DESCRIPTION = 3;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT__UNKNOWN = 4;

	/**
	 * The number of structural features of the '<em>Input</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_INPUT_FEATURE_COUNT = 5;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.GraphOutputImpl <em>Output</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.GraphOutputImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphOutput()
	 * @generated
	 */
	int GRAPH_OUTPUT = 5;

	/**
	 * The feature id for the '<em><b>Name</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT__NAME = 0;

	/**
	 * The feature id for the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT__FROM = 1;

	/**
	 * The feature id for the '<em><b>Label</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT__LABEL = 2;

	/**
	 * The feature id for the '<em><b>Description</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT__DESCRIPTION = 3;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT__UNKNOWN = 4;

	/**
	 * The number of structural features of the '<em>Output</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int GRAPH_OUTPUT_FEATURE_COUNT = 5;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.RerouteImpl <em>Reroute</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.RerouteImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getReroute()
	 * @generated
	 */
	int REROUTE = 6;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__ID = ELEMENT__ID;

	/**
	 * The feature id for the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__X = ELEMENT__X;

	/**
	 * The feature id for the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__Y = ELEMENT__Y;

	/**
	 * The feature id for the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__WIDTH = ELEMENT__WIDTH;

	/**
	 * The feature id for the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__HEIGHT = ELEMENT__HEIGHT;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__UNKNOWN = ELEMENT__UNKNOWN;

	/**
	 * The feature id for the '<em><b>From</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE__FROM = ELEMENT_FEATURE_COUNT + 0;

	/**
	 * The number of structural features of the '<em>Reroute</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int REROUTE_FEATURE_COUNT = ELEMENT_FEATURE_COUNT + 1;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.FrameImpl <em>Frame</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.FrameImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getFrame()
	 * @generated
	 */
	int FRAME = 7;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__ID = ELEMENT__ID;

	/**
	 * The feature id for the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__X = ELEMENT__X;

	/**
	 * The feature id for the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__Y = ELEMENT__Y;

	/**
	 * The feature id for the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__WIDTH = ELEMENT__WIDTH;

	/**
	 * The feature id for the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__HEIGHT = ELEMENT__HEIGHT;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__UNKNOWN = ELEMENT__UNKNOWN;

	/**
	 * The feature id for the '<em><b>Title</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__TITLE = ELEMENT_FEATURE_COUNT + 0;

	/**
	 * The feature id for the '<em><b>Color</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__COLOR = ELEMENT_FEATURE_COUNT + 1;

	/**
	 * The feature id for the '<em><b>Members</b></em>' attribute list.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME__MEMBERS = ELEMENT_FEATURE_COUNT + 2;

	/**
	 * The number of structural features of the '<em>Frame</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int FRAME_FEATURE_COUNT = ELEMENT_FEATURE_COUNT + 3;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.NoteImpl <em>Note</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.NoteImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getNote()
	 * @generated
	 */
	int NOTE = 8;

	/**
	 * The feature id for the '<em><b>Id</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__ID = ELEMENT__ID;

	/**
	 * The feature id for the '<em><b>X</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__X = ELEMENT__X;

	/**
	 * The feature id for the '<em><b>Y</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__Y = ELEMENT__Y;

	/**
	 * The feature id for the '<em><b>Width</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__WIDTH = ELEMENT__WIDTH;

	/**
	 * The feature id for the '<em><b>Height</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__HEIGHT = ELEMENT__HEIGHT;

	/**
	 * The feature id for the '<em><b>Unknown</b></em>' map.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__UNKNOWN = ELEMENT__UNKNOWN;

	/**
	 * The feature id for the '<em><b>Text</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__TEXT = ELEMENT_FEATURE_COUNT + 0;

	/**
	 * The feature id for the '<em><b>Color</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE__COLOR = ELEMENT_FEATURE_COUNT + 1;

	/**
	 * The number of structural features of the '<em>Note</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int NOTE_FEATURE_COUNT = ELEMENT_FEATURE_COUNT + 2;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.StringToJsonImpl <em>String To Json</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.StringToJsonImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getStringToJson()
	 * @generated
	 */
	int STRING_TO_JSON = 9;

	/**
	 * The feature id for the '<em><b>Key</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_JSON__KEY = 0;

	/**
	 * The feature id for the '<em><b>Value</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_JSON__VALUE = 1;

	/**
	 * The number of structural features of the '<em>String To Json</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_JSON_FEATURE_COUNT = 2;

	/**
	 * The meta object id for the '{@link org.eidolon.graph.model.impl.StringToStringImpl <em>String To String</em>}' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see org.eidolon.graph.model.impl.StringToStringImpl
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getStringToString()
	 * @generated
	 */
	int STRING_TO_STRING = 10;

	/**
	 * The feature id for the '<em><b>Key</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_STRING__KEY = 0;

	/**
	 * The feature id for the '<em><b>Value</b></em>' attribute.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_STRING__VALUE = 1;

	/**
	 * The number of structural features of the '<em>String To String</em>' class.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @generated
	 * @ordered
	 */
	int STRING_TO_STRING_FEATURE_COUNT = 2;

	/**
	 * The meta object id for the '<em>Json</em>' data type.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @see com.google.gson.JsonElement
	 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getJson()
	 * @generated
	 */
	int JSON = 11;


	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Graph <em>Graph</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Graph</em>'.
	 * @see org.eidolon.graph.model.Graph
	 * @generated
	 */
	EClass getGraph();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Graph#getSchema <em>Schema</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Schema</em>'.
	 * @see org.eidolon.graph.model.Graph#getSchema()
	 * @see #getGraph()
	 * @generated
	 */
	EAttribute getGraph_Schema();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Graph#getTitle <em>Title</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Title</em>'.
	 * @see org.eidolon.graph.model.Graph#getTitle()
	 * @see #getGraph()
	 * @generated
	 */
	EAttribute getGraph_Title();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Graph#getDescription <em>Description</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Description</em>'.
	 * @see org.eidolon.graph.model.Graph#getDescription()
	 * @see #getGraph()
	 * @generated
	 */
	EAttribute getGraph_Description();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getInputs <em>Inputs</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Inputs</em>'.
	 * @see org.eidolon.graph.model.Graph#getInputs()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Inputs();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getOutputs <em>Outputs</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Outputs</em>'.
	 * @see org.eidolon.graph.model.Graph#getOutputs()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Outputs();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getNodes <em>Nodes</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Nodes</em>'.
	 * @see org.eidolon.graph.model.Graph#getNodes()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Nodes();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getReroutes <em>Reroutes</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Reroutes</em>'.
	 * @see org.eidolon.graph.model.Graph#getReroutes()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Reroutes();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getFrames <em>Frames</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Frames</em>'.
	 * @see org.eidolon.graph.model.Graph#getFrames()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Frames();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.Graph#getNotes <em>Notes</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Notes</em>'.
	 * @see org.eidolon.graph.model.Graph#getNotes()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Notes();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.Graph#getFiles <em>Files</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Files</em>'.
	 * @see org.eidolon.graph.model.Graph#getFiles()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Files();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.Graph#getUnknown <em>Unknown</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Unknown</em>'.
	 * @see org.eidolon.graph.model.Graph#getUnknown()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_Unknown();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.Graph#getUnknownView <em>Unknown View</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Unknown View</em>'.
	 * @see org.eidolon.graph.model.Graph#getUnknownView()
	 * @see #getGraph()
	 * @generated
	 */
	EReference getGraph_UnknownView();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Element <em>Element</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Element</em>'.
	 * @see org.eidolon.graph.model.Element
	 * @generated
	 */
	EClass getElement();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Element#getId <em>Id</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Id</em>'.
	 * @see org.eidolon.graph.model.Element#getId()
	 * @see #getElement()
	 * @generated
	 */
	EAttribute getElement_Id();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Element#getX <em>X</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>X</em>'.
	 * @see org.eidolon.graph.model.Element#getX()
	 * @see #getElement()
	 * @generated
	 */
	EAttribute getElement_X();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Element#getY <em>Y</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Y</em>'.
	 * @see org.eidolon.graph.model.Element#getY()
	 * @see #getElement()
	 * @generated
	 */
	EAttribute getElement_Y();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Element#getWidth <em>Width</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Width</em>'.
	 * @see org.eidolon.graph.model.Element#getWidth()
	 * @see #getElement()
	 * @generated
	 */
	EAttribute getElement_Width();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Element#getHeight <em>Height</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Height</em>'.
	 * @see org.eidolon.graph.model.Element#getHeight()
	 * @see #getElement()
	 * @generated
	 */
	EAttribute getElement_Height();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.Element#getUnknown <em>Unknown</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Unknown</em>'.
	 * @see org.eidolon.graph.model.Element#getUnknown()
	 * @see #getElement()
	 * @generated
	 */
	EReference getElement_Unknown();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.GraphNode <em>Node</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Node</em>'.
	 * @see org.eidolon.graph.model.GraphNode
	 * @generated
	 */
	EClass getGraphNode();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#getType <em>Type</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Type</em>'.
	 * @see org.eidolon.graph.model.GraphNode#getType()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Type();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#getVersion <em>Version</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Version</em>'.
	 * @see org.eidolon.graph.model.GraphNode#getVersion()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Version();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#getLabel <em>Label</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Label</em>'.
	 * @see org.eidolon.graph.model.GraphNode#getLabel()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Label();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#isMuted <em>Muted</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Muted</em>'.
	 * @see org.eidolon.graph.model.GraphNode#isMuted()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Muted();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#isBypassed <em>Bypassed</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Bypassed</em>'.
	 * @see org.eidolon.graph.model.GraphNode#isBypassed()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Bypassed();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphNode#isCollapsed <em>Collapsed</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Collapsed</em>'.
	 * @see org.eidolon.graph.model.GraphNode#isCollapsed()
	 * @see #getGraphNode()
	 * @generated
	 */
	EAttribute getGraphNode_Collapsed();

	/**
	 * Returns the meta object for the containment reference list '{@link org.eidolon.graph.model.GraphNode#getLinks <em>Links</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the containment reference list '<em>Links</em>'.
	 * @see org.eidolon.graph.model.GraphNode#getLinks()
	 * @see #getGraphNode()
	 * @generated
	 */
	EReference getGraphNode_Links();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.GraphNode#getParameters <em>Parameters</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Parameters</em>'.
	 * @see org.eidolon.graph.model.GraphNode#getParameters()
	 * @see #getGraphNode()
	 * @generated
	 */
	EReference getGraphNode_Parameters();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Link <em>Link</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Link</em>'.
	 * @see org.eidolon.graph.model.Link
	 * @generated
	 */
	EClass getLink();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Link#getFrom <em>From</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>From</em>'.
	 * @see org.eidolon.graph.model.Link#getFrom()
	 * @see #getLink()
	 * @generated
	 */
	EAttribute getLink_From();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Link#getPort <em>Port</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Port</em>'.
	 * @see org.eidolon.graph.model.Link#getPort()
	 * @see #getLink()
	 * @generated
	 */
	EAttribute getLink_Port();

	/**
	 * Returns the meta object for the container reference '{@link org.eidolon.graph.model.Link#getTarget <em>Target</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the container reference '<em>Target</em>'.
	 * @see org.eidolon.graph.model.Link#getTarget()
	 * @see #getLink()
	 * @generated
	 */
	EReference getLink_Target();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.GraphInput <em>Input</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Input</em>'.
	 * @see org.eidolon.graph.model.GraphInput
	 * @generated
	 */
	EClass getGraphInput();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphInput#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see org.eidolon.graph.model.GraphInput#getName()
	 * @see #getGraphInput()
	 * @generated
	 */
	EAttribute getGraphInput_Name();

	/**
	 * Returns the meta object for the attribute list '{@link org.eidolon.graph.model.GraphInput#getTo <em>To</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute list '<em>To</em>'.
	 * @see org.eidolon.graph.model.GraphInput#getTo()
	 * @see #getGraphInput()
	 * @generated
	 */
	EAttribute getGraphInput_To();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphInput#getLabel <em>Label</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Label</em>'.
	 * @see org.eidolon.graph.model.GraphInput#getLabel()
	 * @see #getGraphInput()
	 * @generated
	 */
	EAttribute getGraphInput_Label();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphInput#getDescription <em>Description</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Description</em>'.
	 * @see org.eidolon.graph.model.GraphInput#getDescription()
	 * @see #getGraphInput()
	 * @generated
	 */
	EAttribute getGraphInput_Description();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.GraphInput#getUnknown <em>Unknown</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Unknown</em>'.
	 * @see org.eidolon.graph.model.GraphInput#getUnknown()
	 * @see #getGraphInput()
	 * @generated
	 */
	EReference getGraphInput_Unknown();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.GraphOutput <em>Output</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Output</em>'.
	 * @see org.eidolon.graph.model.GraphOutput
	 * @generated
	 */
	EClass getGraphOutput();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphOutput#getName <em>Name</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Name</em>'.
	 * @see org.eidolon.graph.model.GraphOutput#getName()
	 * @see #getGraphOutput()
	 * @generated
	 */
	EAttribute getGraphOutput_Name();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphOutput#getFrom <em>From</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>From</em>'.
	 * @see org.eidolon.graph.model.GraphOutput#getFrom()
	 * @see #getGraphOutput()
	 * @generated
	 */
	EAttribute getGraphOutput_From();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphOutput#getLabel <em>Label</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Label</em>'.
	 * @see org.eidolon.graph.model.GraphOutput#getLabel()
	 * @see #getGraphOutput()
	 * @generated
	 */
	EAttribute getGraphOutput_Label();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.GraphOutput#getDescription <em>Description</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Description</em>'.
	 * @see org.eidolon.graph.model.GraphOutput#getDescription()
	 * @see #getGraphOutput()
	 * @generated
	 */
	EAttribute getGraphOutput_Description();

	/**
	 * Returns the meta object for the map '{@link org.eidolon.graph.model.GraphOutput#getUnknown <em>Unknown</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the map '<em>Unknown</em>'.
	 * @see org.eidolon.graph.model.GraphOutput#getUnknown()
	 * @see #getGraphOutput()
	 * @generated
	 */
	EReference getGraphOutput_Unknown();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Reroute <em>Reroute</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Reroute</em>'.
	 * @see org.eidolon.graph.model.Reroute
	 * @generated
	 */
	EClass getReroute();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Reroute#getFrom <em>From</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>From</em>'.
	 * @see org.eidolon.graph.model.Reroute#getFrom()
	 * @see #getReroute()
	 * @generated
	 */
	EAttribute getReroute_From();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Frame <em>Frame</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Frame</em>'.
	 * @see org.eidolon.graph.model.Frame
	 * @generated
	 */
	EClass getFrame();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Frame#getTitle <em>Title</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Title</em>'.
	 * @see org.eidolon.graph.model.Frame#getTitle()
	 * @see #getFrame()
	 * @generated
	 */
	EAttribute getFrame_Title();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Frame#getColor <em>Color</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Color</em>'.
	 * @see org.eidolon.graph.model.Frame#getColor()
	 * @see #getFrame()
	 * @generated
	 */
	EAttribute getFrame_Color();

	/**
	 * Returns the meta object for the attribute list '{@link org.eidolon.graph.model.Frame#getMembers <em>Members</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute list '<em>Members</em>'.
	 * @see org.eidolon.graph.model.Frame#getMembers()
	 * @see #getFrame()
	 * @generated
	 */
	EAttribute getFrame_Members();

	/**
	 * Returns the meta object for class '{@link org.eidolon.graph.model.Note <em>Note</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>Note</em>'.
	 * @see org.eidolon.graph.model.Note
	 * @generated
	 */
	EClass getNote();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Note#getText <em>Text</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Text</em>'.
	 * @see org.eidolon.graph.model.Note#getText()
	 * @see #getNote()
	 * @generated
	 */
	EAttribute getNote_Text();

	/**
	 * Returns the meta object for the attribute '{@link org.eidolon.graph.model.Note#getColor <em>Color</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Color</em>'.
	 * @see org.eidolon.graph.model.Note#getColor()
	 * @see #getNote()
	 * @generated
	 */
	EAttribute getNote_Color();

	/**
	 * Returns the meta object for class '{@link java.util.Map.Entry <em>String To Json</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>String To Json</em>'.
	 * @see java.util.Map.Entry
	 * @generated
	 */
	EClass getStringToJson();

	/**
	 * Returns the meta object for the attribute '{@link java.util.Map.Entry <em>Key</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Key</em>'.
	 * @see java.util.Map.Entry
	 * @see #getStringToJson()
	 * @generated
	 */
	EAttribute getStringToJson_Key();

	/**
	 * Returns the meta object for the attribute '{@link java.util.Map.Entry <em>Value</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Value</em>'.
	 * @see java.util.Map.Entry
	 * @see #getStringToJson()
	 * @generated
	 */
	EAttribute getStringToJson_Value();

	/**
	 * Returns the meta object for class '{@link java.util.Map.Entry <em>String To String</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for class '<em>String To String</em>'.
	 * @see java.util.Map.Entry
	 * @generated
	 */
	EClass getStringToString();

	/**
	 * Returns the meta object for the attribute '{@link java.util.Map.Entry <em>Key</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Key</em>'.
	 * @see java.util.Map.Entry
	 * @see #getStringToString()
	 * @generated
	 */
	EAttribute getStringToString_Key();

	/**
	 * Returns the meta object for the attribute '{@link java.util.Map.Entry <em>Value</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the meta object for the attribute '<em>Value</em>'.
	 * @see java.util.Map.Entry
	 * @see #getStringToString()
	 * @generated
	 */
	EAttribute getStringToString_Value();

	/**
	 * Returns the meta object for data type '{@link com.google.gson.JsonElement <em>Json</em>}'.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
     * <!-- begin-model-doc -->
     * Any JSON value. Treat as immutable: replace, never change in place.
     * <!-- end-model-doc -->
	 * @return the meta object for data type '<em>Json</em>'.
	 * @see com.google.gson.JsonElement
	 * @generated
	 */
	EDataType getJson();

	/**
	 * Returns the factory that creates the instances of the model.
	 * <!-- begin-user-doc -->
	 * <!-- end-user-doc -->
	 * @return the factory that creates the instances of the model.
	 * @generated
	 */
	GraphFactory getGraphFactory();

	/**
	 * <!-- begin-user-doc -->
	 * Defines literals for the meta objects that represent
	 * <ul>
	 *   <li>each class,</li>
	 *   <li>each feature of each class,</li>
	 *   <li>each enum,</li>
	 *   <li>and each data type</li>
	 * </ul>
	 * <!-- end-user-doc -->
	 * @generated
	 */
	interface Literals {
		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.GraphImpl <em>Graph</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.GraphImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraph()
		 * @generated
		 */
		EClass GRAPH = eINSTANCE.getGraph();

		/**
		 * The meta object literal for the '<em><b>Schema</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH__SCHEMA = eINSTANCE.getGraph_Schema();

		/**
		 * The meta object literal for the '<em><b>Title</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH__TITLE = eINSTANCE.getGraph_Title();

		/**
		 * The meta object literal for the '<em><b>Description</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH__DESCRIPTION = eINSTANCE.getGraph_Description();

		/**
		 * The meta object literal for the '<em><b>Inputs</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__INPUTS = eINSTANCE.getGraph_Inputs();

		/**
		 * The meta object literal for the '<em><b>Outputs</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__OUTPUTS = eINSTANCE.getGraph_Outputs();

		/**
		 * The meta object literal for the '<em><b>Nodes</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__NODES = eINSTANCE.getGraph_Nodes();

		/**
		 * The meta object literal for the '<em><b>Reroutes</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__REROUTES = eINSTANCE.getGraph_Reroutes();

		/**
		 * The meta object literal for the '<em><b>Frames</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__FRAMES = eINSTANCE.getGraph_Frames();

		/**
		 * The meta object literal for the '<em><b>Notes</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__NOTES = eINSTANCE.getGraph_Notes();

		/**
		 * The meta object literal for the '<em><b>Files</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__FILES = eINSTANCE.getGraph_Files();

		/**
		 * The meta object literal for the '<em><b>Unknown</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__UNKNOWN = eINSTANCE.getGraph_Unknown();

		/**
		 * The meta object literal for the '<em><b>Unknown View</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH__UNKNOWN_VIEW = eINSTANCE.getGraph_UnknownView();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.ElementImpl <em>Element</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.ElementImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getElement()
		 * @generated
		 */
		EClass ELEMENT = eINSTANCE.getElement();

		/**
		 * The meta object literal for the '<em><b>Id</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute ELEMENT__ID = eINSTANCE.getElement_Id();

		/**
		 * The meta object literal for the '<em><b>X</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute ELEMENT__X = eINSTANCE.getElement_X();

		/**
		 * The meta object literal for the '<em><b>Y</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute ELEMENT__Y = eINSTANCE.getElement_Y();

		/**
		 * The meta object literal for the '<em><b>Width</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute ELEMENT__WIDTH = eINSTANCE.getElement_Width();

		/**
		 * The meta object literal for the '<em><b>Height</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute ELEMENT__HEIGHT = eINSTANCE.getElement_Height();

		/**
		 * The meta object literal for the '<em><b>Unknown</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference ELEMENT__UNKNOWN = eINSTANCE.getElement_Unknown();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.GraphNodeImpl <em>Node</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.GraphNodeImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphNode()
		 * @generated
		 */
		EClass GRAPH_NODE = eINSTANCE.getGraphNode();

		/**
		 * The meta object literal for the '<em><b>Type</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__TYPE = eINSTANCE.getGraphNode_Type();

		/**
		 * The meta object literal for the '<em><b>Version</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__VERSION = eINSTANCE.getGraphNode_Version();

		/**
		 * The meta object literal for the '<em><b>Label</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__LABEL = eINSTANCE.getGraphNode_Label();

		/**
		 * The meta object literal for the '<em><b>Muted</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__MUTED = eINSTANCE.getGraphNode_Muted();

		/**
		 * The meta object literal for the '<em><b>Bypassed</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__BYPASSED = eINSTANCE.getGraphNode_Bypassed();

		/**
		 * The meta object literal for the '<em><b>Collapsed</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_NODE__COLLAPSED = eINSTANCE.getGraphNode_Collapsed();

		/**
		 * The meta object literal for the '<em><b>Links</b></em>' containment reference list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH_NODE__LINKS = eINSTANCE.getGraphNode_Links();

		/**
		 * The meta object literal for the '<em><b>Parameters</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH_NODE__PARAMETERS = eINSTANCE.getGraphNode_Parameters();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.LinkImpl <em>Link</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.LinkImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getLink()
		 * @generated
		 */
		EClass LINK = eINSTANCE.getLink();

		/**
		 * The meta object literal for the '<em><b>From</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute LINK__FROM = eINSTANCE.getLink_From();

		/**
		 * The meta object literal for the '<em><b>Port</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute LINK__PORT = eINSTANCE.getLink_Port();

		/**
		 * The meta object literal for the '<em><b>Target</b></em>' container reference feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference LINK__TARGET = eINSTANCE.getLink_Target();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.GraphInputImpl <em>Input</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.GraphInputImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphInput()
		 * @generated
		 */
		EClass GRAPH_INPUT = eINSTANCE.getGraphInput();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_INPUT__NAME = eINSTANCE.getGraphInput_Name();

		/**
		 * The meta object literal for the '<em><b>To</b></em>' attribute list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_INPUT__TO = eINSTANCE.getGraphInput_To();

		/**
		 * The meta object literal for the '<em><b>Label</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_INPUT__LABEL = eINSTANCE.getGraphInput_Label();

		/**
		 * The meta object literal for the '<em><b>Description</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_INPUT__DESCRIPTION = eINSTANCE.getGraphInput_Description();

		/**
		 * The meta object literal for the '<em><b>Unknown</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH_INPUT__UNKNOWN = eINSTANCE.getGraphInput_Unknown();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.GraphOutputImpl <em>Output</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.GraphOutputImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getGraphOutput()
		 * @generated
		 */
		EClass GRAPH_OUTPUT = eINSTANCE.getGraphOutput();

		/**
		 * The meta object literal for the '<em><b>Name</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_OUTPUT__NAME = eINSTANCE.getGraphOutput_Name();

		/**
		 * The meta object literal for the '<em><b>From</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_OUTPUT__FROM = eINSTANCE.getGraphOutput_From();

		/**
		 * The meta object literal for the '<em><b>Label</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_OUTPUT__LABEL = eINSTANCE.getGraphOutput_Label();

		/**
		 * The meta object literal for the '<em><b>Description</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute GRAPH_OUTPUT__DESCRIPTION = eINSTANCE.getGraphOutput_Description();

		/**
		 * The meta object literal for the '<em><b>Unknown</b></em>' map feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EReference GRAPH_OUTPUT__UNKNOWN = eINSTANCE.getGraphOutput_Unknown();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.RerouteImpl <em>Reroute</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.RerouteImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getReroute()
		 * @generated
		 */
		EClass REROUTE = eINSTANCE.getReroute();

		/**
		 * The meta object literal for the '<em><b>From</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute REROUTE__FROM = eINSTANCE.getReroute_From();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.FrameImpl <em>Frame</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.FrameImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getFrame()
		 * @generated
		 */
		EClass FRAME = eINSTANCE.getFrame();

		/**
		 * The meta object literal for the '<em><b>Title</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute FRAME__TITLE = eINSTANCE.getFrame_Title();

		/**
		 * The meta object literal for the '<em><b>Color</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute FRAME__COLOR = eINSTANCE.getFrame_Color();

		/**
		 * The meta object literal for the '<em><b>Members</b></em>' attribute list feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute FRAME__MEMBERS = eINSTANCE.getFrame_Members();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.NoteImpl <em>Note</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.NoteImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getNote()
		 * @generated
		 */
		EClass NOTE = eINSTANCE.getNote();

		/**
		 * The meta object literal for the '<em><b>Text</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute NOTE__TEXT = eINSTANCE.getNote_Text();

		/**
		 * The meta object literal for the '<em><b>Color</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute NOTE__COLOR = eINSTANCE.getNote_Color();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.StringToJsonImpl <em>String To Json</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.StringToJsonImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getStringToJson()
		 * @generated
		 */
		EClass STRING_TO_JSON = eINSTANCE.getStringToJson();

		/**
		 * The meta object literal for the '<em><b>Key</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute STRING_TO_JSON__KEY = eINSTANCE.getStringToJson_Key();

		/**
		 * The meta object literal for the '<em><b>Value</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute STRING_TO_JSON__VALUE = eINSTANCE.getStringToJson_Value();

		/**
		 * The meta object literal for the '{@link org.eidolon.graph.model.impl.StringToStringImpl <em>String To String</em>}' class.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see org.eidolon.graph.model.impl.StringToStringImpl
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getStringToString()
		 * @generated
		 */
		EClass STRING_TO_STRING = eINSTANCE.getStringToString();

		/**
		 * The meta object literal for the '<em><b>Key</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute STRING_TO_STRING__KEY = eINSTANCE.getStringToString_Key();

		/**
		 * The meta object literal for the '<em><b>Value</b></em>' attribute feature.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @generated
		 */
		EAttribute STRING_TO_STRING__VALUE = eINSTANCE.getStringToString_Value();

		/**
		 * The meta object literal for the '<em>Json</em>' data type.
		 * <!-- begin-user-doc -->
		 * <!-- end-user-doc -->
		 * @see com.google.gson.JsonElement
		 * @see org.eidolon.graph.model.impl.GraphPackageImpl#getJson()
		 * @generated
		 */
		EDataType JSON = eINSTANCE.getJson();

	}

} //GraphPackage
