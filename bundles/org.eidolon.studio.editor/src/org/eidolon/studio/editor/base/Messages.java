// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.editor.base;

import org.eclipse.osgi.util.NLS;
import org.eidolon.engine.RunEvent;

/** The words of the editor, in the user's language. */
public final class Messages extends NLS {
    public static String actions_of;
    public static String drop_nothing;
    public static String drop_title;
    public static String edit_add;
    public static String edit_align;
    public static String edit_bypass;
    public static String edit_collapse;
    public static String edit_declare;
    public static String edit_delete;
    public static String edit_distribute;
    public static String edit_frame;
    public static String edit_layout;
    public static String edit_link;
    public static String edit_move;
    public static String edit_mute;
    public static String edit_note;
    public static String edit_note_add;
    public static String edit_parameter;
    public static String edit_paste;
    public static String edit_rename;
    public static String edit_reroute;
    public static String edit_resize;
    public static String edit_unlink;
    public static String editor_no_file;
    public static String editor_save_failed;
    public static String editor_unreadable;
    public static String fix_default;
    public static String fix_link;
    public static String fix_rename;
    public static String fix_type;
    public static String frame_new;
    public static String glb_no_graph;
    public static String glb_none;
    public static String input_declare;
    public static String input_down;
    public static String input_heading;
    public static String input_join;
    public static String input_name;
    public static String input_quality;
    public static String input_quality_auto;
    public static String input_remove;
    public static String input_rename;
    public static String input_run;
    public static String input_up;
    public static String journal_found;
    public static String link_circle;
    public static String link_converts;
    public static String link_no_input;
    public static String link_no_source;
    public static String link_takes_none;
    public static String link_wrong_type;
    public static String node_missing;
    public static String node_ran_because;
    public static String note_new;
    public static String outline_bypassed;
    public static String outline_muted;
    public static String outline_reroute;
    public static String output_declare;
    public static String output_declared;
    public static String output_remove;
    public static String paste_no_graph;
    public static String problems_advice;
    public static String problems_go;
    public static String problems_message;
    public static String problems_where;
    public static String properties_description;
    public static String properties_id;
    public static String properties_label;
    public static String properties_links;
    public static String properties_not_linked;
    public static String properties_outputs;
    public static String properties_title;
    public static String properties_yes;
    public static String run_all;
    public static String run_broke;
    public static String run_done;
    public static String run_dropped;
    public static String run_failed;
    public static String run_interrupted;
    public static String run_memory;
    public static String run_planned;
    public static String run_planning;
    public static String run_refused;
    public static String run_stopped;
    public static String run_waiting;
    public static String runs_stop;
    public static String search_gives;
    public static String search_hint;
    public static String search_nothing;
    public static String search_takes;
    public static String search_title;
    public static String state_cached;
    public static String state_cancelled;
    public static String state_failed;
    public static String state_finished;
    public static String state_left;
    public static String state_queued;
    public static String state_running;
    public static String subgraph_bad_name;
    public static String subgraph_between;
    public static String subgraph_dissolve;
    public static String subgraph_exists;
    public static String subgraph_file;
    public static String subgraph_hint;
    public static String subgraph_inputs;
    public static String subgraph_missing;
    public static String subgraph_not_written;
    public static String subgraph_open;
    public static String subgraph_order;
    public static String subgraph_outputs;
    public static String subgraph_parameters;
    public static String subgraph_reserved;
    public static String subgraph_title;
    public static String subgraph_twice;
    public static String sweep_choices;
    public static String sweep_consecutive;
    public static String sweep_count;
    public static String sweep_files;
    public static String sweep_from;
    public static String sweep_gone;
    public static String sweep_hint;
    public static String sweep_lines;
    public static String sweep_menu;
    public static String sweep_parameter;
    public static String sweep_random;
    public static String sweep_run;
    public static String sweep_runs;
    public static String sweep_runs_seed;
    public static String sweep_runs_whole;
    public static String sweep_seed;
    public static String sweep_seeds;
    public static String sweep_stops;
    public static String sweep_title;
    public static String sweep_to;
    public static String sweep_values;

    static {
        NLS.initializeMessages(Messages.class.getPackageName() + ".messages", Messages.class);
    }

    private Messages() {}

    /** How a run ended. */
    public static String outcome(RunEvent.Outcome outcome) {
        return switch (outcome) {
            case DONE -> run_done;
            case FAILED -> run_failed;
            case OUT_OF_GPU_MEMORY -> run_memory;
            case CANCELLED -> run_stopped;
        };
    }
}
