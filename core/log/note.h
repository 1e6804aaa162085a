// SPDX-License-Identifier: Apache-2.0
//
// C2SP signed notes and tlog checkpoints: what the hub signs about its log, and what witnesses
// cosign. docs/formats/log.md.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/secret_bytes.h"
#include "core/log/merkle.h"

namespace vigil::log {

// Ed25519 note key: "name+hex8(keyid)+base64(type || key)". Type 0x01 signs notes (logs), 0x04
// cosigns checkpoints with a time (witnesses).
enum class KeyType : std::uint8_t { kLog = 0x01, kWitness = 0x04 };
struct VerifierKey {
  std::string name;  // no spaces, no '+'
  KeyType type = KeyType::kLog;
  std::array<std::uint8_t, 32> point{};
  friend auto operator<=>(const VerifierKey&, const VerifierKey&) = default;
};
[[nodiscard]] std::string to_string(const VerifierKey& key);
// kInvalid "note.key".
[[nodiscard]] Result<VerifierKey> parse_verifier_key(std::string_view text);

class SignerKey {
 public:
  // Requires: a name of 1 to 128 printable ASCII characters without space and '+'.
  [[nodiscard]] static SignerKey generate(std::string_view name, KeyType type);
  // "PRIVATE+KEY+name+hex8+base64(type || seed)", the Go note package's form; one newline
  // may follow. kInvalid "note.key".
  [[nodiscard]] static Result<SignerKey> parse(const crypto::SecretBytes& text);
  [[nodiscard]] crypto::SecretBytes to_text() const;
  [[nodiscard]] const VerifierKey& verifier() const { return verifier_; }
  [[nodiscard]] ByteView seed() const { return seed_.view(); }

 private:
  VerifierKey verifier_;
  crypto::SecretBytes seed_;  // 32 bytes
};

struct Checkpoint {
  std::string origin;
  std::uint64_t size = 0;
  Hash root{};
  friend bool operator==(const Checkpoint&, const Checkpoint&) = default;
};

// A note longer than this is refused unread: a checkpoint with 64 signatures has 16 KiB.
inline constexpr std::size_t kNoteLimitBytes = 64 * 1024;

// Text, blank line, one signature line by the log.
[[nodiscard]] std::string sign_checkpoint(const Checkpoint& checkpoint, const SignerKey& log);
// Adds one witness line, in place of an earlier one by the same witness. `time_s` is Unix seconds.
// Only the form of the note is checked: verify first. kInvalid "note.format".
[[nodiscard]] Result<std::string> cosign_checkpoint(std::string_view note, const SignerKey& witness,
                                                    std::uint64_t time_s);

// `note` with the lines that known `witnesses` put under `more`, which must be of the same
// checkpoint; a line of the same witness in `more` takes an older one's place. Both must verify.
// kInvalid: codes of verify_checkpoint(); kConflict "note.other": it is another checkpoint.
[[nodiscard]] Result<std::string> merge_cosignatures(std::string_view note, std::string_view more,
                                                     const VerifierKey& log,
                                                     const std::vector<VerifierKey>& witnesses);

// What a note says, believed by nobody yet (a witness that reports a size, a listing).
// kInvalid "note.format".
[[nodiscard]] Result<Checkpoint> read_checkpoint_unverified(std::string_view note);

struct Cosignature {
  std::string witness;
  std::uint64_t time_s = 0;
};
struct VerifiedCheckpoint {
  Checkpoint checkpoint;
  std::vector<Cosignature> cosignatures;  // of known witnesses only
};
// The log's signature must hold, unknown keys are ignored, a known key that fails refuses the note.
// kInvalid "note.format", "note.signature", "note.origin"; `quorum` witnesses of the list must have
// signed, else kInvalid "note.quorum".
[[nodiscard]] Result<VerifiedCheckpoint> verify_checkpoint(
    std::string_view note, const VerifierKey& log, const std::vector<VerifierKey>& witnesses,
    std::size_t quorum);

}  // namespace vigil::log
