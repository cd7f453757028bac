package io.layar.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;

/** Two reviews of the book. v1 shows no stars, v2 black ones, v3 red ones; v2 and v3 ask ratings. */
record Reviews(Peers peers, String version) implements Bookinfo.Page {
    @Override
    public Bookinfo.Reply reply(HttpExchange exchange, String path) {
        String stars = "";
        if (!version.equals("v1")) {
            var said = peers.get("http://ratings:9080/ratings/0", exchange);
            String color = version.equals("v2") ? "black" : "red";
            stars = said.ok()
                    ? ", \"color\": \"" + color + "\", \"ratings\": " + said.body()
                    : ", \"color\": \"" + color + "\", \"error\": \"Ratings service is currently unavailable\"";
        }
        return Bookinfo.Reply.json("""
            {"id": "0", "version": "%s", "reviews": ["An extremely entertaining play.", "Absolutely fun."]%s}\
            """.formatted(version, stars));
    }
}
