package dev.discreet.config;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.Error;
import com.networknt.schema.Schema;
import com.networknt.schema.SchemaRegistry;
import com.networknt.schema.SpecificationVersion;
import java.util.List;
import java.util.Map;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** What an editor sees: our schema, by somebody else's YAML 1.2 parser and validator. */
final class SchemaValidator {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Schema SCHEMA = schema(ConfigSchema.document());
  private static final Schema TESTS = schema(ConfigSchema.ofTests());
  private static final LoadSettings YAML =
      LoadSettings.builder().setSchema(new CoreSchema()).setAllowDuplicateKeys(false).build();

  private SchemaValidator() {}

  private static Schema schema(Map<String, Object> document) {
    return SchemaRegistry.withDefaultDialect(SpecificationVersion.DRAFT_2020_12)
        .getSchema(JSON.valueToTree(document));
  }

  /** {@return what is wrong with the text of a file} */
  static List<String> errors(String yaml) {
    return errors(SCHEMA, yaml);
  }

  /** {@return what is wrong with the text of a file of policy tests} */
  static List<String> errorsOfTests(String yaml) {
    return errors(TESTS, yaml);
  }

  private static List<String> errors(Schema schema, String yaml) {
    try {
      JsonNode document = JSON.valueToTree(new Load(YAML).loadFromString(yaml));
      return schema.validate(document).stream().map(Error::toString).toList();
    } catch (YamlEngineException e) {
      return List.of("is not YAML: " + e.getMessage());
    }
  }
}
