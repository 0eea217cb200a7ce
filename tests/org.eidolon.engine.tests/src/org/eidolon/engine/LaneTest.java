// SPDX-License-Identifier: EPL-2.0
package org.eidolon.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.eidolon.api.Accelerator;
import org.eidolon.api.Device;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A lane that never serves would let these wait for ever. */
@Timeout(60)
class LaneTest {
    private final Lane lane = new Lane(Device.of("cuda:0"), List.of(new Accelerator() {
        @Override
        public List<Device> devices() {
            return List.of(Device.of("cuda:0"));
        }

        @Override
        public long memory(Device device) {
            return 100;
        }

        @Override
        public void evict(Device device) {}
    }));

    private CompletableFuture<Lane.Lease> lease(long bytes, Thread[] thread) {
        var lease = new CompletableFuture<Lane.Lease>();
        thread[0] = Thread.ofPlatform().start(() -> {
            try {
                lease.complete(lane.lease(bytes));
            } catch (InterruptedException e) {
                lease.completeExceptionally(e);
            }
        });
        return lease;
    }

    private static void waiting(Thread thread) throws InterruptedException {
        while (thread.getState() != Thread.State.WAITING) {
            Thread.sleep(1);
        }
    }

    @Test
    void aLargeLeaseIsNotStarvedBySmallOnes() throws Exception {
        var first = lane.lease(60);
        var thread = new Thread[1];
        var large = lease(100, thread);
        waiting(thread[0]);
        var small = lease(10, thread);
        waiting(thread[0]); // it would fit beside the first, but came after the large one
        assertThat(large).isNotDone();
        first.close();
        large.get(5, TimeUnit.SECONDS).close();
        small.get(5, TimeUnit.SECONDS).close();
        assertThat(lane.load()).isZero();
    }

    @Test
    void whoGivesUpWaitingHoldsNobodyBack() throws Exception {
        var first = lane.lease(100);
        var impatient = new Thread[1];
        var given = lease(50, impatient);
        waiting(impatient[0]);
        var other = new Thread[1];
        var next = lease(50, other);
        waiting(other[0]);
        impatient[0].interrupt();
        impatient[0].join();
        assertThat(given).isCompletedExceptionally();
        first.close();
        next.get(5, TimeUnit.SECONDS).close();
        assertThat(lane.load()).isZero();
    }

    @Test
    void moreThanTheDeviceHasMeansAllOfIt() throws Exception {
        try (var lease = lane.lease(1000)) {
            assertThat(lane.load()).isEqualTo(100);
        }
        assertThat(lane.load()).isZero();
    }
}
