// SPDX-License-Identifier: EPL-2.0
package org.eidolon.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class ByteSizeTest {
    @Test
    void sizesAreWrittenInTheirUnits() {
        assertThat(ByteSize.text(0)).isEqualTo("0 bytes");
        assertThat(ByteSize.text(1023)).isEqualTo("1023 bytes");
        assertThat(ByteSize.text(1536)).isEqualTo("1.5 KiB");
        assertThat(ByteSize.text(20L << 30)).isEqualTo("20.0 GiB");
        assertThat(ByteSize.text(3L << 50)).isEqualTo("3072.0 TiB");
        assertThat(ByteSize.text(1536, Locale.GERMAN)).isEqualTo("1,5 KiB");
    }

    @Test
    void whatIsWrittenIsRead() {
        assertThat(ByteSize.parse("4096")).hasValue(4096);
        assertThat(ByteSize.parse(" 1.5 gib ")).hasValue(3L << 29);
        assertThat(ByteSize.parse("500M")).hasValue(500L << 20);
        assertThat(ByteSize.parse("20G")).hasValue(20L << 30);
        assertThat(ByteSize.parse("999999999999T")).hasValue(Long.MAX_VALUE - 1);
        for (String wrong : new String[] {"", "much", "-1", "1,5G", "1 PiB"}) {
            assertThat(ByteSize.parse(wrong)).as(wrong).isEmpty();
        }
    }
}
