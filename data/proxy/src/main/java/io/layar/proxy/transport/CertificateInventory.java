package io.layar.proxy.transport;

import java.lang.ref.WeakReference;
import java.security.cert.X509Certificate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** Every certificate that a TLS context uses now, for the admin interface. Thread: any. */
public final class CertificateInventory {
    /** One context. */
    public record Entry(List<Item> authorities, List<Item> chain) {}

    /** One certificate. Shape: {@code path} names the file or says {@code <inline>}. */
    public record Item(String path, X509Certificate certificate) {
        /** Alternative names to their kind: {@code dns}, {@code uri} or {@code ip_address}. */
        public Map<String, String> names() {
            Map<String, String> names = new LinkedHashMap<>();
            CertificateNames.of(certificate, CertificateNames.DNS).forEach(name -> names.put(name, "dns"));
            CertificateNames.of(certificate, CertificateNames.URI).forEach(name -> names.put(name, "uri"));
            CertificateNames.of(certificate, CertificateNames.IP).forEach(name -> names.put(name, "ip_address"));
            return names;
        }
    }

    /** A TLS context that can be looked at. */
    interface Source {
        /** Null while a secret is missing. */
        @Nullable
        Entry inventory();
    }

    /** Contexts go when nobody uses them any more, so they are held weakly. */
    private final List<WeakReference<Source>> sources = new CopyOnWriteArrayList<>();

    void add(Source source) {
        sources.removeIf(known -> known.get() == null);
        sources.add(new WeakReference<>(source));
    }

    public List<Entry> entries() {
        return sources.stream()
                .<Entry>mapMulti((source, out) -> {
                    Source known = source.get();
                    Entry entry = known == null ? null : known.inventory();
                    if (entry != null) {
                        out.accept(entry);
                    }
                })
                .toList();
    }
}
