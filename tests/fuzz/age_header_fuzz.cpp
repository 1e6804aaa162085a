// SPDX-License-Identifier: Apache-2.0
//
// What parses as an age header is written back byte for byte, MAC apart; and no file, armored or
// not, makes the reader do anything but fail.
#include <algorithm>

#include "core/base/check.h"
#include "core/crypto/age_header.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  using namespace vigil::crypto;
  const ByteView input(data, size);
  static const SecretBytes kFileKey = SecretBytes::random(age::kFileKeyBytes);
  if (const auto parsed = age::parse_authenticated_header(input); parsed.has_value()) {
    const Bytes again = age::write_header(parsed->header.stanzas, kFileKey);
    CHECK(again.size() == parsed->header.size_bytes);
    CHECK(std::ranges::equal(ByteView(again).first(parsed->covered.size()), parsed->covered));
  }
  static const age::Identity kIdentity = age::Identity::generate();
  age::Keys keys;
  keys.identities.push_back(kIdentity.clone());
  keys.post_quantum_count = 1;
  BytesSource source(input);
  BytesSink sink;
  CHECK(!age::decrypt_maybe_armored(keys, source, sink).has_value());
  CHECK(sink.bytes.empty());
  return 0;
}
