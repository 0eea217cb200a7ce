// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.train.lora;

import java.util.Random;

/** Which picture comes when: all of them in each round, in an order of the round's own that follows from the seed. */
final class Order {
    private final int count;
    private final long seed;
    private long round = -1;
    private int[] order;

    Order(int count, long seed) {
        this.count = count;
        this.seed = seed;
    }

    /** The picture in this place of the whole training. */
    int at(long place) {
        if (place / count != round) {
            round = place / count;
            order = shuffled(count, new Random((seed * 31 + round) * 0x9E3779B97F4A7C15L + 3));
        }
        return order[(int) (place % count)];
    }

    private static int[] shuffled(int count, Random random) {
        int[] order = new int[count];
        for (int i = 0; i < count; i++) {
            int j = random.nextInt(i + 1);
            order[i] = order[j];
            order[j] = i;
        }
        return order;
    }
}
