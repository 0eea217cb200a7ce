// SPDX-License-Identifier: EPL-2.0
package org.eidolon.head.prior;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.eidolon.head.latent.Wording;
import org.eidolon.head.view.Framing;
import org.eidolon.head.view.View;
import org.eidolon.head.view.ViewCode;
import org.eidolon.render.Light;
import org.junit.jupiter.api.Test;

/** What holds of every domain, those to come too. */
class DomainTest {
    @Test
    void eachShowsItselfOrIsABaseOfAllThatDo() {
        for (Domain domain : Domain.values()) {
            assertThat(domain.id()).isEqualTo("prior/head-" + domain.key());
            if (domain.base()) {
                assertThat(domain.shows())
                        .doesNotContain(domain)
                        .noneMatch(Domain::base)
                        .doesNotHaveDuplicates();
                assertThatThrownBy(domain::text).hasMessageContaining(domain.key() + " is no domain of its own");
                assertThatThrownBy(() -> domain.caption(false)).hasMessageContaining("one of [normals, colour");
            } else {
                assertThat(domain.shows()).containsExactly(domain);
                assertThat(Domain.BASE.shows()).contains(domain);
                assertThat(Wording.of(domain).template()).contains("{expression}", "{view}");
                assertThat(domain.caption(true).equals(domain.caption(false)))
                        .as("only light makes two captions of one domain")
                        .isEqualTo(!domain.lit());
            }
        }
    }

    /** A base is told which domain it sees by one number: no two domains may have the same there in flat light. */
    @Test
    void aBaseCanTellThemApart() {
        float[] code = ViewCode.of(View.front(Framing.FACE), Light.FLAT);
        assertThat(Domain.BASE.shows().stream()
                        .map(domain -> ViewCode.marked(code, domain.mark())[ViewCode.MARK])
                        .toList())
                .doesNotHaveDuplicates();
        assertThat(ViewCode.marked(code, Domain.COLOUR.mark())).containsExactly(code);
    }

    /** One wording, whoever asks: node, file or stage. */
    @Test
    void whatDoesNotFitIsSaidInOneWay() {
        var facts = new PriorFacts("prior/x", Domain.COLOUR, "encoder", "abcdef");
        assertThatThrownBy(() -> facts.checkDomain(Domain.NORMALS))
                .hasMessage(
                        "'prior/x' is a prior of colour, here one of normals is needed, such as prior/head-normals");
        assertThatThrownBy(() -> facts.checkDomain(Domain.BASE))
                .hasMessageContaining("here a base of all domains is needed, such as prior/head-base");
        assertThatThrownBy(() -> facts.checkEncoder("other", "0123456789abcdef"))
                .hasMessageContaining("encoder (sha256 abcdef…)")
                .hasMessageContaining("other (0123456789ab…): encode the photo with the prior's encoder");
        facts.checkDomain(Domain.COLOUR);
        facts.checkEncoder("by another name", "abcdef");
    }
}
