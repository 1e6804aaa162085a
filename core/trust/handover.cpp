// SPDX-License-Identifier: Apache-2.0
#include "core/trust/handover.h"

#include "core/base/json.h"
#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

std::string emit_line(const minisign::PublicKey& from, const minisign::PublicKey& to) {
  return emit_json(Json::Object{{"format", kHandoverFormat},
                                {"from", minisign::to_string(from)},
                                {"to", minisign::to_string(to)}}) +
         "\n";
}

}  // namespace

std::string write_handover(const minisign::SecretKey& old_root,
                           const minisign::PublicKey& new_root) {
  const std::string line = emit_line(old_root.public_key(), new_root);
  return line + minisign::sign(old_root, crypto::blake2b_512(as_bytes(line)), kHandoverFormat);
}

Result<minisign::PublicKey> read_handover(std::string_view text,
                                          const minisign::PublicKey& old_root) {
  const auto bad_format = [] {
    return fail(ErrorKind::kInvalid, "handover.format",
                "This is not a handover of the office's root key.");
  };
  const std::size_t end = text.find('\n');
  if (text.size() > kHandoverLimitBytes || end == std::string_view::npos) return bad_format();
  const std::string_view line = text.substr(0, end + 1);
  const auto comment = minisign::verify(old_root, crypto::blake2b_512(as_bytes(line)),
                                        text.substr(end + 1), minisign::UntrustedComment::kOurs);
  if (!comment || *comment != kHandoverFormat)
    return fail(ErrorKind::kInvalid, "handover.signature",
                "The handover is not signed by the root key known here.");
  const auto json = parse_canonical_json(
      line, {.size_bytes = kHandoverLimitBytes, .depth = 1, .trailing_newline = true});
  if (!json) return bad_format();
  JsonReader reader(*json, "the handover");
  (void)reader.string("format");
  (void)reader.string("from");
  const auto to = minisign::parse_public_key(reader.string("to"));
  if (!reader.finish() || !to || emit_line(old_root, *to) != line || *to == old_root)
    return bad_format();
  return *to;
}

Result<minisign::PublicKey> follow_handovers(ByteView archive, const minisign::PublicKey& known) {
  VIGIL_ASSIGN(const minisign::PublicKey claimed, claimed_root(archive));
  minisign::PublicKey trusted = known;
  if (claimed == trusted) return trusted;
  VIGIL_ASSIGN(const auto members, bundle::read_archive(archive));
  // In order of age, as their numbers are; each step starts at the root trusted so far.
  for (std::size_t number = 1; number <= members.size(); ++number) {
    const std::string name = std::string(kHandoverPrefix) + std::to_string(number);
    for (const bundle::Member& member : members) {
      if (member.name != name) continue;
      if (const auto next = read_handover(as_text(member.content), trusted)) trusted = *next;
    }
    if (claimed == trusted) return trusted;
  }
  return fail(ErrorKind::kInvalid, "kit.signature",
              "The kit is not signed by this office's root key, nor by one it handed over to.");
}

}  // namespace vigil::trust
