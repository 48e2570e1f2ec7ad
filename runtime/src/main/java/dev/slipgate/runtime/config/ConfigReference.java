package dev.slipgate.runtime.config;

/** The reference page of all keys, docs/configuration.md, made from what the code declares. */
final class ConfigReference {
    private static final String HEAD =
            """
            # Configuration

            This page is generated from the code (`ConfigReferenceTest` compares it, and writes it with
            `-Dslipgate.rewriteDocs=true`); do not edit it.

            A value comes from the strongest source that has it: the default, then `--config FILE` or
            `./slipgate.yaml`, then the environment, then flags: `--set KEY=VALUE`, or a flag of its own.
            `slipgate config` shows what holds and which source says so. An empty value means the default.
            Unknown keys in the file and in flags are refused; unknown `SLIPGATE_*` variables only warn. All
            problems are told at once, one line each, with exit code 2.

            In YAML the dots are levels:

                cluster:
                  name: my-game
                  brokers: [10.0.0.1, 10.0.0.2, 10.0.0.3]

            The variable of a key is `SLIPGATE_` and the key in capitals, dots and dashes as underscores:
            `SLIPGATE_CLUSTER_NAME`.
            """;

    private ConfigReference() {}

    static String markdown() {
        StringBuilder page = new StringBuilder(HEAD);
        String section = "";
        for (Key key : Configuration.keys().values()) {
            if (!key.section().equals(section)) {
                section = key.section();
                page.append("\n## ").append(section).append("\n\n");
                page.append("| key | value | default | meaning |\n|---|---|---|---|\n");
            }
            page.append(row(key));
        }
        return page.toString();
    }

    private static String row(Key key) {
        String byDefault = key.byDefault().isEmpty() ? "unset" : "`" + key.byDefault() + "`";
        return "| `%s` | %s | %s | %s |\n"
                .formatted(key.name(), key.type(), byDefault, key.meaning());
    }
}
