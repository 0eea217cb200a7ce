// SPDX-License-Identifier: EPL-2.0
import java.nio.file.Path;
import java.util.List;
import org.eclipse.emf.codegen.ecore.generator.Generator;
import org.eclipse.emf.codegen.ecore.generator.GeneratorAdapterFactory;
import org.eclipse.emf.codegen.ecore.genmodel.GenJDKLevel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModel;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelFactory;
import org.eclipse.emf.codegen.ecore.genmodel.GenModelPackage;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenBaseGeneratorAdapter;
import org.eclipse.emf.codegen.ecore.genmodel.generator.GenModelGeneratorAdapterFactory;
import org.eclipse.emf.common.util.BasicMonitor;
import org.eclipse.emf.common.util.Diagnostic;
import org.eclipse.emf.common.util.URI;
import org.eclipse.emf.ecore.EPackage;
import org.eclipse.emf.ecore.plugin.EcorePlugin;
import org.eclipse.emf.ecore.resource.impl.ResourceSetImpl;
import org.eclipse.emf.ecore.xmi.impl.EcoreResourceFactoryImpl;

/** Generates the Java sources of the graph model: arguments are the .ecore file and the bundle folder. */
public class GenerateModel {
    public static void main(String[] args) {
        Path ecore = Path.of(args[0]).toAbsolutePath().normalize();
        Path bundle = Path.of(args[1]).toAbsolutePath().normalize();
        GenModelPackage.eINSTANCE.eClass();
        GeneratorAdapterFactory.Descriptor.Registry.INSTANCE.addDescriptor(
                GenModelPackage.eNS_URI, GenModelGeneratorAdapterFactory.DESCRIPTOR);
        var resources = new ResourceSetImpl();
        resources.getResourceFactoryRegistry().getExtensionToFactoryMap().put("ecore", new EcoreResourceFactoryImpl());
        // a platform project name stands for the bundle folder, as in a workspace
        EcorePlugin.getPlatformResourceMap().put("bundle", URI.createFileURI(bundle + "/"));
        resources.getURIConverter().getURIMap().put(
                URI.createURI("platform:/resource/bundle/"), URI.createFileURI(bundle + "/"));
        var root = (EPackage) resources.getResource(URI.createFileURI(ecore.toString()), true).getContents().get(0);

        GenModel model = GenModelFactory.eINSTANCE.createGenModel();
        model.initialize(List.of(root));
        resources.createResource(URI.createFileURI(bundle + "/model/graph.ecore")).getContents().add(model);
        model.setModelDirectory("/bundle/src-gen");
        model.setModelName("Graph");
        model.setModelPluginID("");
        model.setComplianceLevel(GenJDKLevel.JDK80_LITERAL);
        model.setCopyrightText(null);
        model.setSuppressGenModelAnnotations(true);
        model.setSuppressEMFModelTags(true);
        model.setCanGenerate(true);
        model.setBundleManifest(false);
        model.setUpdateClasspath(false);
        model.setCodeFormatting(false);
        model.setForceOverwrite(true);
        model.setOperationReflection(false);
        var pack = model.getGenPackages().get(0);
        pack.setPrefix("Graph");
        pack.setBasePackage("org.eidolon");
        // the package is org.eidolon.graph, its own classes in model, so that hand-written ones stay apart
        pack.setInterfacePackageSuffix("model");
        pack.setClassPackageSuffix("model.impl");
        pack.setMetaDataPackageSuffix("model");
        pack.setUtilityPackageSuffix("model.util");
        pack.setAdapterFactory(true);
        model.reconcile();

        var generator = new Generator();
        generator.setInput(model);
        Diagnostic result = generator.generate(
                model, GenBaseGeneratorAdapter.MODEL_PROJECT_TYPE, new BasicMonitor.Printing(System.err));
        if (result.getSeverity() >= Diagnostic.ERROR) {
            System.err.println(result);
            System.exit(1);
        }
    }
}
