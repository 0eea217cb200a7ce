// SPDX-License-Identifier: EPL-2.0
package org.eidolon.torch;

import ai.djl.Device;
import ai.djl.engine.EngineException;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.engine.PtSymbolBlock;
import ai.djl.pytorch.jni.JniUtils;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.eidolon.torch.internal.Archive;
import org.eidolon.torch.internal.Native;
import org.eidolon.torch.internal.ScriptText;
import org.eidolon.torch.internal.Values;

/**
 * A module of TorchScript functions kept as a text resource: plain Python functions over {@code torch.*} operators, of
 * the kind that {@code torch.jit.script} accepts. Calls follow the calling thread's gradient mode and are
 * differentiable; results belong to the scope that the caller passes. Safe for use by several threads.
 */
public final class Script {
    private static final Map<String, Script> CACHE = new ConcurrentHashMap<>();
    private static final Pattern ARCHIVE_LINE = Pattern.compile("File \"code/__torch__\\.py\", line (\\d+)");

    private final String origin;
    private final ScriptText text;
    private volatile long module;
    private PtSymbolBlock block;

    private Script(String origin, String source) {
        this.origin = origin;
        this.text = new ScriptText(origin, source);
    }

    /**
     * The functions of a resource, read and checked for structure now, compiled at the first call, cached.
     *
     * @param owner the class beside which the resource stands
     * @param resource its name, e.g. {@code rasterise.py}
     * @throws IllegalArgumentException if there is none, or its structure is wrong (names the line)
     */
    public static Script load(Class<?> owner, String resource) {
        String key = owner.getName() + "@" + System.identityHashCode(owner.getClassLoader()) + "/" + resource;
        return CACHE.computeIfAbsent(key, k -> {
            try (InputStream in = owner.getResourceAsStream(resource)) {
                if (in == null) {
                    throw new IllegalArgumentException("script " + resource + " not found beside " + owner.getName());
                }
                return new Script(resource, new String(in.readAllBytes(), StandardCharsets.UTF_8));
            } catch (IOException e) {
                throw new UncheckedIOException("cannot read script " + resource, e);
            }
        });
    }

    /** The functions of a text; {@code origin} is how errors name it. Not cached. */
    public static Script of(String origin, String source) {
        return new Script(origin, source);
    }

    /** The names of the functions. */
    public Collection<String> functions() {
        return text.functions().keySet();
    }

    /**
     * Calls a function that gives one tensor.
     *
     * @param scope where the result goes
     * @param method the function's name
     * @param args one per parameter (those with defaults may be left out at the end): NDArray, List of NDArray, integer
     *     and floating numbers, boolean, String, arrays of long, int, double, float or boolean, null for an Optional
     * @throws IllegalArgumentException for an unknown function or an argument of the wrong type
     * @throws EngineException if it fails to compile or to run, naming the resource's line
     */
    public NDArray call(Scope scope, String method, Object... args) {
        long result = run(method, args);
        try {
            if (!Native.isTensor(result)) {
                throw new IllegalArgumentException(
                        where(method) + " gives " + Native.type(result) + ", not one tensor; use callAll or number");
            }
            return new PtNDArray(scope.pytorch(), Native.toTensor(result));
        } finally {
            Native.delete(result);
        }
    }

    /** Calls a function that gives a tuple or a list of tensors (nested ones are flattened; None becomes null). */
    public List<NDArray> callAll(Scope scope, String method, Object... args) {
        long result = run(method, args);
        try {
            List<NDArray> tensors = new ArrayList<>();
            Values.collect(scope.pytorch(), result, tensors);
            return tensors;
        } finally {
            Native.delete(result);
        }
    }

    /** Calls a function that gives a float, int or bool (true is 1), or a tensor of one element. */
    public double number(Scope scope, String method, Object... args) {
        long result = run(method, args);
        try {
            return Values.number(scope.pytorch(), result);
        } finally {
            Native.delete(result);
        }
    }

    /** Calls a function for its effects on its arguments; its result is dropped. */
    public void run(Scope scope, String method, Object... args) {
        Native.delete(run(method, args));
    }

    private long run(String method, Object[] args) {
        ScriptText.Function function = text.functions().get(method);
        if (function == null) {
            throw new IllegalArgumentException(
                    origin + " has no function " + method + "; it has " + String.join(", ", functions()));
        }
        long compiled = module;
        if (compiled == 0) {
            compiled = compile();
        }
        Torch.prepareThread();
        long[] handles = Values.arguments(where(method), function.parameters(), args);
        try {
            return Native.run(compiled, method, handles);
        } catch (EngineException e) {
            throw new EngineException(where(method) + " failed:\n" + resourceLines(e.getMessage()), e);
        } finally {
            Values.free(handles);
        }
    }

    private synchronized long compile() {
        if (module == 0) {
            Torch.start();
            byte[] archive = Archive.of(text.archived());
            PtNDManager manager = (PtNDManager) NDManager.newBaseManager(Device.cpu(), Torch.ENGINE);
            try {
                block = JniUtils.loadModule(manager, new ByteArrayInputStream(archive), false, false);
                module = block.getHandle();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } catch (EngineException e) {
                manager.close();
                throw new EngineException(
                        "script " + origin + " does not compile:\n" + resourceLines(e.getMessage()), e);
            }
        }
        return module;
    }

    private String where(String method) {
        return "script " + origin + ", function " + method;
    }

    /** Replaces the archive's file and line by the resource's. */
    private String resourceLines(String message) {
        if (message == null) {
            return "(no message)";
        }
        Matcher matcher = ARCHIVE_LINE.matcher(message);
        return matcher.replaceAll(m -> Matcher.quoteReplacement(
                "File \"" + origin + "\", line " + (Integer.parseInt(m.group(1)) - ScriptText.HEADER_LINES)));
    }
}
