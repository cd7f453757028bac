package io.layar.local;

import com.google.common.collect.ImmutableList;
import java.util.List;
import java.util.Map;

/**
 * What runs, as {@code layar ps} shows it.
 *
 * @param ready every pod is ready
 * @param gateways addresses of the gateways, as URLs
 */
public record MeshView(String capture, String proxy, boolean ready, List<PodView> pods, List<String> gateways) {
    /**
     * One pod.
     *
     * @param enter words before a command that run it inside the pod
     * @param environment of its containers
     */
    public record PodView(
            String namespace,
            String name,
            String address,
            String proxy,
            String status,
            int restarts,
            String log,
            String proxyLog,
            List<String> enter,
            Map<String, String> environment) {
        public boolean ready() {
            return status.equals("ready");
        }
    }

    /** The table that {@code up} and {@code ps} print. */
    public String table() {
        ImmutableList.Builder<String[]> rows = ImmutableList.builder();
        rows.add(new String[] {"NAMESPACE", "POD", "ADDRESS", "PROXY", "STATUS", "RESTARTS"});
        for (PodView pod : pods) {
            rows.add(new String[] {
                pod.namespace(), pod.name(), pod.address(), pod.proxy(), pod.status(), String.valueOf(pod.restarts())
            });
        }
        List<String[]> all = rows.build();
        int[] widths = new int[6];
        for (String[] row : all) {
            for (int i = 0; i < row.length; i++) {
                widths[i] = Math.max(widths[i], row[i].length());
            }
        }
        StringBuilder out = new StringBuilder();
        for (String[] row : all) {
            StringBuilder line = new StringBuilder();
            for (int i = 0; i < row.length; i++) {
                line.append(row[i]).repeat(' ', widths[i] - row[i].length() + 3);
            }
            out.append(line.toString().stripTrailing()).append('\n');
        }
        return out.toString();
    }
}
