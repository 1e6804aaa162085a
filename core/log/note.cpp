// SPDX-License-Identifier: Apache-2.0
#include "core/log/note.h"

#include <algorithm>
#include <charconv>
#include <set>

#include "core/base/check.h"
#include "core/log/decimal.h"
#include "core/log/note_key.h"

namespace vigil::log {
namespace {

constexpr std::string_view kSignatureMark = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr std::size_t kSignatureLinesLimit = 64;              // C2SP: at least 16
constexpr std::size_t kKeyIdBytes = 4;
constexpr std::size_t kSignatureBytes = 64;
constexpr std::size_t kTimestampBytes = 8;

std::unexpected<Error> bad_format(std::string message) {
  return fail(ErrorKind::kInvalid, "note.format", std::move(message));
}

struct SignatureLine {
  std::string_view name;
  KeyId id{};
  Bytes blob;  // what follows the key id
};
struct Note {
  std::string_view text;  // with its final newline
  std::vector<SignatureLine> signatures;
};

bool is_clean_text(std::string_view text) {
  return is_utf8(text) && std::ranges::all_of(text, [](char c) {
           return static_cast<unsigned char>(c) >= 0x20 || c == '\n';
         });
}

Result<SignatureLine> parse_signature_line(std::string_view line) {
  if (!line.starts_with(kSignatureMark))
    return bad_format("A signature line of the checkpoint does not start with a dash.");
  line.remove_prefix(kSignatureMark.size());
  const auto space = line.find(' ');
  if (space == std::string_view::npos || !is_key_name(line.substr(0, space)))
    return bad_format("A signature line of the checkpoint names no key.");
  const auto decoded = base64_decode(line.substr(space + 1));
  if (!decoded || decoded->size() <= kKeyIdBytes)
    return bad_format("A signature line of the checkpoint is not base64 of a signature.");
  SignatureLine parsed;
  parsed.name = line.substr(0, space);
  std::copy_n(decoded->begin(), kKeyIdBytes, parsed.id.begin());
  parsed.blob.assign(decoded->begin() + kKeyIdBytes, decoded->end());
  return parsed;
}

Result<Note> parse_note(std::string_view note) {
  if (note.size() > kNoteLimitBytes) return bad_format("The checkpoint is too long.");
  if (!is_clean_text(note)) return bad_format("The checkpoint has characters no checkpoint has.");
  const auto split = note.rfind("\n\n");
  if (split == std::string_view::npos || !note.ends_with('\n'))
    return bad_format("The checkpoint has no signatures.");
  Note parsed;
  parsed.text = note.substr(0, split + 1);
  std::string_view rest = note.substr(split + 2);
  if (rest.empty()) return bad_format("The checkpoint has no signatures.");
  while (!rest.empty()) {
    if (parsed.signatures.size() == kSignatureLinesLimit)
      return bad_format("The checkpoint has too many signatures.");
    const auto end = rest.find('\n');
    VIGIL_ASSIGN(auto line, parse_signature_line(rest.substr(0, end)));
    parsed.signatures.push_back(std::move(line));
    rest.remove_prefix(end + 1);
  }
  return parsed;
}

std::string checkpoint_text(const Checkpoint& checkpoint) {
  return checkpoint.origin + "\n" + std::to_string(checkpoint.size) + "\n" +
         base64_encode(checkpoint.root) + "\n";
}

Result<Checkpoint> parse_checkpoint_text(std::string_view text) {
  const auto first = text.find('\n');
  const auto second = text.find('\n', first + 1);  // a find past the end finds nothing
  if (first == std::string_view::npos || second == std::string_view::npos)
    return bad_format("The checkpoint has fewer than three lines.");
  Checkpoint checkpoint;
  checkpoint.origin = std::string(text.substr(0, first));
  const auto size = parse_decimal(text.substr(first + 1, second - first - 1));
  const auto root = base64_decode(text.substr(second + 1, text.size() - second - 2));
  if (checkpoint.origin.empty() || !size || !root || root->size() != checkpoint.root.size())
    return bad_format("The checkpoint does not hold a name, a size and a root.");
  checkpoint.size = *size;
  std::ranges::copy(*root, checkpoint.root.begin());
  if (checkpoint_text(checkpoint) != text)
    return bad_format("The checkpoint has more lines than a checkpoint has.");
  return checkpoint;
}

std::string signature_line(const VerifierKey& key, ByteView blob) {
  const KeyId id = key_id(key);
  Bytes body(id.begin(), id.end());
  body.insert(body.end(), blob.begin(), blob.end());
  return std::string(kSignatureMark) + key.name + " " + base64_encode(body) + "\n";
}

std::string emit_line(const SignatureLine& line) {
  Bytes body(line.id.begin(), line.id.end());
  body.insert(body.end(), line.blob.begin(), line.blob.end());
  return std::string(kSignatureMark) + std::string(line.name) + " " + base64_encode(body) + "\n";
}

std::string cosigned_text(std::uint64_t time_s, std::string_view checkpoint) {
  return "cosignature/v1\ntime " + std::to_string(time_s) + "\n" + std::string(checkpoint);
}

bool is_of(const SignatureLine& line, const VerifierKey& key) {
  return line.name == key.name && line.id == key_id(key);
}

std::uint64_t read_time(const Bytes& blob) {
  std::uint64_t time_s = 0;
  for (std::size_t i = 0; i < kTimestampBytes; ++i) time_s = time_s << 8 | blob[i];
  return time_s;
}

// nullopt: the signature of this witness does not hold.
std::optional<Cosignature> verify_cosignature(const Note& note, const SignatureLine& line,
                                              const VerifierKey& witness) {
  if (line.blob.size() != kTimestampBytes + kSignatureBytes) return std::nullopt;
  const std::uint64_t time_s = read_time(line.blob);
  if (!signature_holds(witness, as_bytes(cosigned_text(time_s, note.text)),
                       ByteView(line.blob).subspan(kTimestampBytes)))
    return std::nullopt;
  return Cosignature{witness.name, time_s};
}

Status verify_log_signature(const Note& note, const VerifierKey& log) {
  bool signed_by_log = false;
  for (const SignatureLine& line : note.signatures) {
    if (!is_of(line, log)) continue;
    if (line.blob.size() != kSignatureBytes ||
        !signature_holds(log, as_bytes(note.text), line.blob))
      return fail(ErrorKind::kInvalid, "note.signature",
                  "The log's signature under the checkpoint does not hold.");
    signed_by_log = true;
  }
  if (!signed_by_log)
    return fail(ErrorKind::kInvalid, "note.signature",
                "The checkpoint is not signed by the log that the roster names.");
  return {};
}

Result<std::vector<Cosignature>> verify_witnesses(const Note& note,
                                                  const std::vector<VerifierKey>& witnesses) {
  std::vector<Cosignature> found;
  for (const VerifierKey& witness : witnesses) {
    bool counted = false;
    for (const SignatureLine& line : note.signatures) {
      if (!is_of(line, witness)) continue;
      auto cosignature = verify_cosignature(note, line, witness);
      if (!cosignature)
        return fail(ErrorKind::kInvalid, "note.signature",
                    "A witness's signature under the checkpoint does not hold.");
      if (!counted) found.push_back(std::move(*cosignature));
      counted = true;
    }
  }
  return found;
}

}  // namespace

std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& log) {
  CHECK(log.verifier().type == KeyType::kLog);
  const std::string text = checkpoint_text(checkpoint);
  return text + "\n" + signature_line(log.verifier(), sign_with(log, as_bytes(text)));
}

Result<std::string> cosign_checkpoint(std::string_view note, const SignerKey& witness,
                                      std::uint64_t time_s) {
  CHECK(witness.verifier().type == KeyType::kWitness);
  VIGIL_ASSIGN(const Note parsed, parse_note(note));
  VIGIL_TRY(parse_checkpoint_text(parsed.text));
  Bytes blob;
  for (int shift = 56; shift >= 0; shift -= 8)
    blob.push_back(static_cast<std::uint8_t>(time_s >> shift));
  const Signature signature = sign_with(witness, as_bytes(cosigned_text(time_s, parsed.text)));
  blob.insert(blob.end(), signature.begin(), signature.end());

  std::string out = std::string(parsed.text) + "\n";
  for (const SignatureLine& line : parsed.signatures)
    if (!is_of(line, witness.verifier())) out += emit_line(line);  // the newer takes its place
  return out + signature_line(witness.verifier(), blob);
}

Result<std::string> merge_cosignatures(std::string_view note, std::string_view more,
                                       const VerifierKey& log,
                                       const std::vector<VerifierKey>& witnesses) {
  VIGIL_TRY(verify_checkpoint(note, log, witnesses, 0));
  VIGIL_TRY(verify_checkpoint(more, log, witnesses, 0));
  VIGIL_ASSIGN(const Note ours, parse_note(note));
  VIGIL_ASSIGN(const Note theirs, parse_note(more));
  if (ours.text != theirs.text)
    return fail(ErrorKind::kConflict, "note.other", "The cosignature is for another checkpoint.");
  const auto newest = [&](const VerifierKey& witness) -> const SignatureLine* {
    for (const Note* from : {&theirs, &ours})
      for (const SignatureLine& line : from->signatures)
        if (is_of(line, witness)) return &line;
    return nullptr;
  };
  std::string out = std::string(ours.text) + "\n";
  for (const SignatureLine& line : ours.signatures)
    if (is_of(line, log)) out += emit_line(line);
  for (const VerifierKey& witness : witnesses)
    if (const SignatureLine* line = newest(witness)) out += emit_line(*line);
  return out;
}

Result<Checkpoint> read_checkpoint_unverified(std::string_view note) {
  VIGIL_ASSIGN(const Note parsed, parse_note(note));
  return parse_checkpoint_text(parsed.text);
}

Result<VerifiedCheckpoint> verify_checkpoint(std::string_view note, const VerifierKey& log,
                                             const std::vector<VerifierKey>& witnesses,
                                             std::size_t quorum) {
  CHECK(log.type == KeyType::kLog);
  VIGIL_ASSIGN(const Note parsed, parse_note(note));
  VIGIL_TRY(verify_log_signature(parsed, log));
  VIGIL_ASSIGN(auto cosignatures, verify_witnesses(parsed, witnesses));
  VIGIL_ASSIGN(auto checkpoint, parse_checkpoint_text(parsed.text));
  if (checkpoint.origin != log.name)
    return fail(ErrorKind::kInvalid, "note.origin",
                "The checkpoint is of another log than the one whose key signed it.");
  if (cosignatures.size() < quorum)
    return fail(ErrorKind::kInvalid, "note.quorum",
                "Fewer witnesses have signed the checkpoint than the roster's policy demands.");
  return VerifiedCheckpoint{std::move(checkpoint), std::move(cosignatures)};
}

}  // namespace vigil::log
