// SPDX-License-Identifier: EPL-2.0
package org.eidolon.nodes.internal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.eidolon.api.NodeException;
import org.eidolon.api.Run;
import org.eidolon.models.Model;
import org.eidolon.models.ModelException;
import org.eidolon.models.Models;

/** The models that a node uses: their hashes for content keys, their facts for the run record. */
public final class UsedModels {
    private UsedModels() {}

    /**
     * Listed sha256 by logical id.
     *
     * @throws NodeException when some are listed nowhere: says where they were looked for
     */
    public static Map<String, String> hashes(String... ids) {
        var hashes = new TreeMap<String, String>();
        try {
            Models models = Models.standard();
            for (String id : ids) {
                hashes.put(id, models.get(id).info().sha256());
            }
        } catch (ModelException e) {
            throw Faults.missing(e);
        }
        return hashes;
    }

    /** Facts of weights for a record: id, sha256, licence, origin, caveat. */
    public static Map<String, Object> facts(Model model) {
        var facts = new LinkedHashMap<String, Object>();
        facts.put("id", model.info().id());
        facts.put("sha256", model.info().sha256());
        facts.put("licence", model.info().licence());
        facts.put("origin", model.info().origin());
        if (!model.info().caveat().isEmpty()) {
            facts.put("caveat", model.info().caveat());
        }
        return facts;
    }

    /** Writes licence and origin of weights into the run record. */
    public static void record(Run run, Models models, String... ids) {
        var facts = new ArrayList<Object>();
        for (String id : ids) {
            facts.add(facts(models.get(id)));
        }
        run.record("weights", facts);
    }
}
