// SPDX-License-Identifier: EPL-2.0
package org.eidolon.studio.views;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.eclipse.core.runtime.jobs.Job;
import org.eclipse.jface.dialogs.InputDialog;
import org.eclipse.jface.dialogs.MessageDialog;
import org.eclipse.jface.window.Window;
import org.eclipse.swt.SWT;
import org.eclipse.swt.widgets.Composite;
import org.eidolon.api.ByteSize;
import org.eidolon.engine.Cache;
import org.eidolon.engine.CacheStore;
import org.eidolon.engine.CacheStore.Item;
import org.eidolon.engine.NodeTypes;
import org.eidolon.studio.editor.base.Services;

/** The results that are kept: which, how large, how old; and making room, as {@code eidolon cache} does. */
public final class CacheView extends TableView<Item> {
    public static final String ID = "org.eidolon.studio.cache";
    private static final int SHOWN_DIGITS = 12;

    /** What is seen of the cache at one time. */
    private record Look(List<Item> items, CacheStore.Usage usage, long limit) {}

    private interface Clearing {
        CacheStore.Freed on(CacheStore room) throws IOException;
    }

    private long limit = Long.MAX_VALUE;

    public CacheView() {
        super(Item.class);
    }

    @Override
    public void createPartControl(Composite parent) {
        createTable(parent, Words.of("cache"));
        NodeTypes types = Services.engines().types();
        column(Words.of("cache.type"), 240, false, item -> name(types, item), Comparator.comparing(Item::type));
        column(Words.of("cache.size"), 100, true, item -> size(item.bytes()), Comparator.comparing(Item::bytes));
        column(
                Words.of("cache.used"),
                130,
                false,
                CacheView::age,
                Comparator.comparing(Item::used).reversed());
        column(Words.of("cache.took"), 90, true, CacheView::took, Comparator.comparing(Item::seconds));
        column(Words.of("cache.key"), 150, false, item -> item.key().substring(0, SHOWN_DIGITS), null);
        refreshAction(this::look);
        action(
                Words.of("cache.remove"),
                "remove.svg",
                SWT.DEL,
                this::removeSelected,
                () -> !selected().isEmpty());
        action(Words.of("cache.trim"), null, NO_KEY, () -> clear(room -> room.trim(room.limit())), () -> true);
        action(Words.of("cache.limit"), null, NO_KEY, this::askLimit, () -> true);
        action(Words.of("cache.clean"), "clean.svg", NO_KEY, this::clean, () -> true);
        finishActions();
        say(Words.of("looking"));
        look();
    }

    private static String name(NodeTypes types, Item item) {
        return types.find(item.type())
                .map(registered -> registered.type().name())
                .map(name -> name + "  (" + item.type() + ")")
                .orElse(item.type());
    }

    private static String size(long bytes) {
        return bytes == Long.MAX_VALUE ? Words.of("cache.nolimit") : ByteSize.text(bytes, Locale.getDefault());
    }

    private static String took(Item item) {
        long seconds = Math.round(item.seconds());
        return seconds < 60
                ? String.format("%.1f s", item.seconds())
                : String.format("%d:%02d min", seconds / 60, seconds % 60);
    }

    private static String age(Item item) {
        Duration age = Duration.between(item.used(), Instant.now());
        if (age.toHours() < 1) {
            return Words.of("age.minutes", Math.max(0, age.toMinutes()));
        }
        return age.toDays() < 1 ? Words.of("age.hours", age.toHours()) : Words.of("age.days", age.toDays());
    }

    private static CacheStore room() throws IOException {
        return new Cache(Cache.defaultFolder(System.getenv())).room();
    }

    /** Reads the cache. */
    Job look() {
        return work(
                Words.of("cache.looking"),
                () -> {
                    CacheStore room = room();
                    return new Look(room.items().reversed(), room.usage(), room.limit());
                },
                this::show);
    }

    private void show(Look look) {
        limit = look.limit();
        CacheStore.Usage usage = look.usage();
        show(
                look.items(),
                Words.of(
                        "cache.sum",
                        usage.entries(),
                        size(usage.results()),
                        size(look.limit()),
                        size(usage.checkpoints()),
                        size(usage.rest())));
    }

    private void removeSelected() {
        var keys = selected().stream().map(Item::key).collect(Collectors.toSet());
        clear(room -> room.remove(keys));
    }

    private void clean() {
        if (MessageDialog.openConfirm(getSite().getShell(), Words.of("cache.clean"), Words.of("cache.clean.sure"))) {
            clear(CacheStore::clean);
        }
    }

    private void clear(Clearing clearing) {
        work(Words.of("cache.clearing"), () -> clearing.on(room()), freed -> {
            look();
            if (freed.inUse() > 0) {
                MessageDialog.openInformation(
                        getSite().getShell(), Words.of("cache"), Words.of("cache.inuse", freed.inUse()));
            }
        });
    }

    private void askLimit() {
        String now = limit == Long.MAX_VALUE ? "none" : ByteSize.text(limit);
        var dialog = new InputDialog(
                getSite().getShell(),
                Words.of("cache.limit"),
                Words.of("cache.limit.ask"),
                now,
                text -> bytes(text) < 0 ? Words.of("cache.limit.wrong") : null);
        if (dialog.open() == Window.OK) {
            long wanted = bytes(dialog.getValue());
            work(
                    Words.of("cache.limit"),
                    () -> {
                        room().limit(wanted);
                        return wanted;
                    },
                    done -> look());
        }
    }

    /** Less than zero for what is no size. */
    private static long bytes(String text) {
        return text.strip().equalsIgnoreCase("none")
                ? Long.MAX_VALUE
                : ByteSize.parse(text).orElse(-1);
    }
}
