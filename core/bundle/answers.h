// SPDX-License-Identifier: Apache-2.0
//
// Salted hashes of single answers, so that the office can show one answer of a sealed visit to a
// court without the rest. A payload has two files for it: answers.json, nothing but hashes, one per
// answer, and answers.salt, the secret that all their salts come from. docs/formats/evidence.md.
// Thread: pure functions.
#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/bytes.h"
#include "core/base/error.h"
#include "core/crypto/hash.h"

namespace vigil::bundle {

inline constexpr std::string_view kAnswersFormat = "vigil-answers-1";
inline constexpr std::string_view kAnswersName = "answers.json";
inline constexpr std::string_view kAnswersSaltName = "answers.salt";
// 67 bytes an answer: some 62,000 of them.
inline constexpr std::size_t kAnswersLimitBytes = std::size_t{4} << 20;

// One thing that can be shown by itself. `ref` says which question: "r1-/data/lawyer" for an answer
// of the first checklist, "visit/place" and the like for what the whole visit has. No line break.
struct AnswerText {
  std::string ref;
  std::string value;
  friend bool operator==(const AnswerText&, const AnswerText&) = default;
};

using AnswersSalt = std::array<std::uint8_t, 32>;
using AnswerSalt = std::array<std::uint8_t, 32>;

// BLAKE2b-256(secret || ref): says nothing of any other answer's salt.
[[nodiscard]] AnswerSalt answer_salt(const AnswersSalt& secret, std::string_view ref);
// BLAKE2b-256(salt || ref || "\n" || value)
[[nodiscard]] crypto::Blake2b256 answer_hash(const AnswerSalt& salt, const AnswerText& answer);

struct AnswerFiles {
  std::string answers_json;
  std::string salt_text;  // 64 hexadecimal digits and a newline
};
// The two files for these answers, with a fresh secret. The hashes are in order of their bytes, so
// that a place in the list says nothing.
[[nodiscard]] AnswerFiles make_answer_files(const std::vector<AnswerText>& answers);

[[nodiscard]] std::string emit_answers(std::vector<crypto::Blake2b256> hashes);
// kInvalid "answers.format": also where a hash stands twice or out of order.
[[nodiscard]] Result<std::vector<crypto::Blake2b256>> parse_answers(std::string_view answers_json);
[[nodiscard]] Result<AnswersSalt> parse_answers_salt(std::string_view salt_text);

// Whether the two files commit to these answers, neither more nor less. kInvalid "answers.format",
// "answers.differ": the device committed to something else than it sent.
[[nodiscard]] Status check_answer_files(const AnswerFiles& files,
                                        const std::vector<AnswerText>& answers);

}  // namespace vigil::bundle
