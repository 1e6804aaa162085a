// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/answers.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/crypto/secret_bytes.h"

namespace vigil::bundle {
namespace {

std::unexpected<Error> bad_format() {
  return fail(ErrorKind::kInvalid, "answers.format",
              "The list of answers' hashes is not written as it must be.");
}

std::optional<std::array<std::uint8_t, 32>> read_hex(std::string_view text) {
  const auto bytes = hex_decode(text);
  std::array<std::uint8_t, 32> out{};
  if (!bytes || bytes->size() != out.size()) return std::nullopt;
  std::ranges::copy(*bytes, out.begin());
  return out;
}

std::vector<crypto::Blake2b256> hashes_of(const AnswersSalt& secret,
                                          const std::vector<AnswerText>& answers) {
  std::vector<crypto::Blake2b256> hashes;
  hashes.reserve(answers.size());
  for (const AnswerText& answer : answers)
    hashes.push_back(answer_hash(answer_salt(secret, answer.ref), answer));
  return hashes;
}

}  // namespace

AnswerSalt answer_salt(const AnswersSalt& secret, std::string_view ref) {
  crypto::Blake2b256Stream hash;
  hash.update(secret);
  hash.update(as_bytes(ref));
  return hash.finish();
}

crypto::Blake2b256 answer_hash(const AnswerSalt& salt, const AnswerText& answer) {
  crypto::Blake2b256Stream hash;
  hash.update(salt);
  hash.update(as_bytes(answer.ref));
  hash.update(as_bytes("\n"));
  hash.update(as_bytes(answer.value));
  return hash.finish();
}

std::string emit_answers(std::vector<crypto::Blake2b256> hashes) {
  std::ranges::sort(hashes);
  Json::List list;
  for (const crypto::Blake2b256& hash : hashes) list.emplace_back(hex_encode(hash));
  return emit_json(Json::Object{{"format", kAnswersFormat}, {"answers", std::move(list)}}) + "\n";
}

AnswerFiles make_answer_files(const std::vector<AnswerText>& answers) {
  AnswersSalt secret{};
  crypto::random_fill(secret);
  return {emit_answers(hashes_of(secret, answers)), hex_encode(secret) + "\n"};
}

Result<std::vector<crypto::Blake2b256>> parse_answers(std::string_view answers_json) {
  const JsonLimits limits{.size_bytes = kAnswersLimitBytes, .depth = 2, .trailing_newline = true};
  const auto json = parse_canonical_json(answers_json, limits);
  if (!json) return bad_format();
  JsonReader reader(*json, kAnswersName);
  if (reader.string("format") != kAnswersFormat) return bad_format();
  std::vector<crypto::Blake2b256> hashes;
  for (const Json& item : reader.list("answers")) {
    const auto hash = item.string() == nullptr ? std::nullopt : read_hex(*item.string());
    if (!hash || (!hashes.empty() && *hash <= hashes.back())) return bad_format();
    hashes.push_back(*hash);
  }
  if (!reader.finish()) return bad_format();
  return hashes;
}

Result<AnswersSalt> parse_answers_salt(std::string_view salt_text) {
  if (!salt_text.ends_with('\n')) return bad_format();
  const auto secret = read_hex(salt_text.substr(0, salt_text.size() - 1));
  if (!secret) return bad_format();
  return *secret;
}

Status check_answer_files(const AnswerFiles& files, const std::vector<AnswerText>& answers) {
  VIGIL_TRY(parse_answers(files.answers_json));
  VIGIL_ASSIGN(const AnswersSalt secret, parse_answers_salt(files.salt_text));
  if (emit_answers(hashes_of(secret, answers)) != files.answers_json)
    return fail(ErrorKind::kInvalid, "answers.differ",
                "The hashes under the device's signature are not those of the answers it sent.");
  return {};
}

}  // namespace vigil::bundle
