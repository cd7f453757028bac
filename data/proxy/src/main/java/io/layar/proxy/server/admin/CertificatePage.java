package io.layar.proxy.server.admin;

import io.layar.proxy.core.config.JsonPrinter;
import io.layar.proxy.network.Services;
import io.layar.proxy.transport.CertificateInventory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code /certs}. Thread: main loop. */
record CertificatePage(Services services) {
    AdminResponse serve() {
        List<@Nullable Object> all = new ArrayList<>();
        for (CertificateInventory.Entry entry :
                services.require(CertificateInventory.class).entries()) {
            Map<String, @Nullable Object> one = new LinkedHashMap<>();
            List<@Nullable Object> authorities = new ArrayList<>();
            entry.authorities().forEach(certificate -> authorities.add(details(certificate)));
            List<@Nullable Object> chain = new ArrayList<>();
            entry.chain().forEach(certificate -> chain.add(details(certificate)));
            one.put("ca_cert", authorities);
            one.put("cert_chain", chain);
            all.add(one);
        }
        Map<String, @Nullable Object> page = new LinkedHashMap<>();
        page.put("certificates", all);
        return AdminResponse.json(JsonPrinter.indented(page) + "\n");
    }

    private static Map<String, @Nullable Object> details(CertificateInventory.Item item) {
        X509Certificate certificate = item.certificate();
        Map<String, @Nullable Object> details = new LinkedHashMap<>();
        details.put("path", item.path());
        details.put("serial_number", certificate.getSerialNumber().toString(16));
        List<@Nullable Object> names = new ArrayList<>();
        item.names().forEach((name, kind) -> {
            Map<String, @Nullable Object> san = new LinkedHashMap<>();
            san.put(kind, name);
            names.add(san);
        });
        details.put("subject_alt_names", names);
        Instant end = certificate.getNotAfter().toInstant();
        details.put(
                "days_until_expiration",
                Long.toString(Math.max(0, Duration.between(Instant.now(), end).toDays())));
        details.put("valid_from", certificate.getNotBefore().toInstant().toString());
        details.put("expiration_time", end.toString());
        return details;
    }
}
