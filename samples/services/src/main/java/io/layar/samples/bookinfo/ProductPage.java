package io.layar.samples.bookinfo;

import com.sun.net.httpserver.HttpExchange;

/** The page that a reader of the shop sees: details on the left, reviews on the right. */
record ProductPage(Peers peers) implements Bookinfo.Page {
    @Override
    public Bookinfo.Reply reply(HttpExchange exchange, String path) {
        return switch (path) {
            case "/productpage", "/" -> page(exchange);
            case "/api/v1/products" -> Bookinfo.Reply.json("[{\"id\": 0, \"title\": \"" + Shop.TITLE + "\"}]");
            case "/api/v1/products/0" -> passOn(peers.get("http://details:9080/details/0", exchange));
            case "/api/v1/products/0/reviews" -> passOn(peers.get("http://reviews:9080/reviews/0", exchange));
            case "/api/v1/products/0/ratings" -> passOn(peers.get("http://ratings:9080/ratings/0", exchange));
            default -> Bookinfo.Reply.html(404, "<h1>No such page</h1>\n");
        };
    }

    private static Bookinfo.Reply passOn(Peers.Said said) {
        int status = said.status() == 0 ? 502 : said.status();
        return new Bookinfo.Reply(status, "application/json", said.body());
    }

    private Bookinfo.Reply page(HttpExchange exchange) {
        var details = peers.get("http://details:9080/details/0", exchange);
        var reviews = peers.get("http://reviews:9080/reviews/0", exchange);
        return Bookinfo.Reply.html(
                200, """
                    <!doctype html>
                    <title>Simple Bookstore App</title>
                    <h1>%s</h1>
                    <section id="details"><h2>Book Details</h2><pre>%s</pre></section>
                    <section id="reviews"><h2>Book Reviews</h2><pre>%s</pre></section>
                    """.formatted(Shop.TITLE, shown(details, "details"), shown(reviews, "reviews")));
    }

    private static String shown(Peers.Said said, String what) {
        String text = said.ok()
                ? said.body()
                : "Sorry, product " + what + " are currently unavailable (" + said.status() + ")";
        return text.replace("&", "&amp;").replace("<", "&lt;");
    }
}
