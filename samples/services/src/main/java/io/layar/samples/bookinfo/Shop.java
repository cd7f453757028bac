package io.layar.samples.bookinfo;

/** The shop's whole stock: one book. */
final class Shop {
    static final String TITLE = "The Comedy of Errors";

    private Shop() {}

    static String details() {
        return """
            {"id": 0, "title": "%s", "author": "William Shakespeare", "year": 1595, "type": "paperback", "pages": 200}\
            """.formatted(TITLE);
    }

    static String ratings() {
        return """
            {"id": 0, "ratings": {"Reviewer1": 5, "Reviewer2": 4}}\
            """;
    }
}
