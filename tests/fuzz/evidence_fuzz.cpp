// SPDX-License-Identifier: Apache-2.0
//
// Any bytes as evidence.json of a pack, as a list of answers' hashes, and as a whole pack: no
// crash; what is accepted is written again to the same bytes.
#include <algorithm>

#include "core/base/check.h"
#include "core/bundle/archive.h"
#include "core/bundle/evidence.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace vigil;
  const ByteView input(data, size);
  if (const auto hashes = bundle::parse_answers(as_text(input)))
    CHECK(bundle::emit_answers(*hashes) == as_text(input));
  // The input as the list, in an archive that is whole.
  std::vector<bundle::Member> members{{"evidence.json", Bytes(input.begin(), input.end())},
                                      {"manifest.json", to_bytes("m\n")},
                                      {"manifest.json.minisig", to_bytes("s\n")},
                                      {"roster.json", to_bytes("r\n")},
                                      {"roster.json.minisig", to_bytes("s\n")},
                                      {"payload-members.json", to_bytes("l\n")}};
  for (int files = 0; files < 2; ++files) {
    const auto archive = bundle::write_archive(members);
    CHECK(archive.has_value());
    if (const auto pack = bundle::read_evidence(*archive)) {
      const auto again = bundle::write_evidence(*pack);
      CHECK(again.has_value() && std::ranges::equal(*again, *archive));
    }
    members.push_back({"file-1", to_bytes("content")});
  }
  (void)bundle::read_evidence(input);
  return 0;
}
