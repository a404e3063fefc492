package dev.discreet.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PermissionSetTest {
  @ParameterizedTest
  @CsvSource({
    "documents:read, documents:read, true",
    "documents:read, documents:reads, false",
    "documents:*, documents:read, true",
    "documents:*, documents:drafts:read, true",
    "documents:drafts:*, documents:drafts:read, true",
    "documents:drafts:*, documents:read, false",
    "documents:*, documents:, false",
    "documents:*, documents, false",
    "documents:*, document:read, false",
    "*, anything, true",
    "*, a:b:c, true",
  })
  void coversWhatIsGranted(String granted, String asked, boolean covered) {
    assertThat(new PermissionSet(List.of(granted)).covers(asked)).isEqualTo(covered);
  }
}
