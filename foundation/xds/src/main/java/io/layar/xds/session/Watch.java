package io.layar.xds.session;

import com.google.common.collect.ImmutableSet;
import io.layar.xds.ResourceSet;
import io.layar.xds.Subscription;
import io.layar.xds.TypeUrl;
import java.nio.ByteBuffer;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One kind on one stream: what the client wants, has, and was offered.
 *
 * <p>At most one response is outstanding: while it is, changes only set {@link #due}. Thread: its session's.
 */
final class Watch {
    final TypeUrl type;
    Subscription subscription = Subscription.NOTHING;

    /** What differences are computed against: the last offer, or the last good state after a refusal. */
    ResourceSet base = ResourceSet.EMPTY;
    /** The last offer. */
    ResourceSet offered = ResourceSet.EMPTY;
    /** The last acknowledged offer. */
    ResourceSet good = ResourceSet.EMPTY;
    /** The last offer if it was refused: nothing is sent again until there is something else to offer. */
    @Nullable
    ResourceSet refused;

    /** Names that have to be sent even if nothing changed. */
    private final Set<String> forced = new LinkedHashSet<>();

    /** The names of the last request that counted, as they were on the wire; only used for the state of the world. */
    ByteBuffer namesAsSent = ByteBuffer.allocate(0);

    boolean due = true;
    /** The last offer still held resources that are gone. */
    boolean retiring;
    /** The client has given a name once: no names no longer means everything. */
    boolean everNamed;

    boolean answered;
    boolean outstanding;
    String nonceSent = "";
    String nonceAcked = "";
    String versionSent = "";
    String versionAcked = "";
    String lastError = "";

    Watch(TypeUrl type) {
        this.type = type;
    }

    void force(String name) {
        forced.add(name);
        due = true;
    }

    void release(String name) {
        forced.remove(name);
    }

    ImmutableSet<String> forced() {
        return ImmutableSet.copyOf(forced);
    }

    /** Takes {@code next} as said, whether or not a message was needed for it. */
    void settled(ResourceSet next) {
        forced.clear();
        due = false;
        base = next;
        offered = next;
        refused = null;
        if (!outstanding && lastError.isEmpty()) {
            good = next;
        }
    }

    void sent(ResourceSet next, String nonce, String version) {
        outstanding = true;
        settled(next);
        answered = true;
        nonceSent = nonce;
        versionSent = version;
    }

    void acknowledged() {
        outstanding = false;
        nonceAcked = nonceSent;
        versionAcked = versionSent;
        lastError = "";
        good = offered;
    }

    void refused(String error) {
        outstanding = false;
        lastError = error.isEmpty() ? "refused without a reason" : error;
        refused = offered;
        base = good;
    }

    WatchStatus status() {
        return new WatchStatus(
                type, subscription, nonceSent, nonceAcked, versionSent, versionAcked, lastError, offered, good);
    }
}
