// SPDX-License-Identifier: Apache-2.0
#include "core/bundle/evidence.h"

#include <algorithm>
#include <set>

#include <fmt/format.h>

#include "core/base/json.h"
#include "core/bundle/archive.h"

namespace vigil::bundle {
namespace {

constexpr std::string_view kListName = "evidence.json";
constexpr std::string_view kRosterName = "roster.json";
constexpr std::string_view kRosterSignatureName = "roster.json.minisig";
constexpr std::string_view kReceiptName = "receipt";
constexpr std::array kPayloadNames{kPayloadName, kRestrictedName};
constexpr std::array<std::string_view, 2> kMembersNames{"payload-members.json",
                                                        "restricted-members.json"};
constexpr JsonLimits kListLimits{
    .size_bytes = std::size_t{16} << 20, .depth = 3, .trailing_newline = true};

std::unexpected<Error> bad_format(std::string_view what) {
  return fail(ErrorKind::kInvalid, "evidence.format",
              fmt::format("This is not an evidence pack as it must be: {}.", what));
}

std::string file_name(std::size_t number) {
  return fmt::format("file-{}", number + 1);
}

std::string emit_list(const EvidencePack& pack) {
  Json::List files;
  for (const ShownFile& file : pack.files)
    files.push_back(Json::Object{{"payload", kPayloadNames[file.payload]},
                                 {"name", file.name},
                                 {"salt", hex_encode(file.salt)}});
  Json::List answers;
  for (const ShownAnswer& shown : pack.answers)
    answers.push_back(Json::Object{{"payload", kPayloadNames[shown.payload]},
                                   {"ref", shown.answer.ref},
                                   {"value", shown.answer.value},
                                   {"salt", hex_encode(shown.salt)}});
  return emit_json(Json::Object{{"format", kEvidenceFormat},
                                {"bundle", to_string(bundle_id(pack.manifest_json))},
                                {"files", std::move(files)},
                                {"answers", std::move(answers)}}) +
         "\n";
}

std::optional<std::size_t> payload_number(std::string_view name) {
  const auto found = std::ranges::find(kPayloadNames, name);
  if (found == kPayloadNames.end()) return std::nullopt;
  return static_cast<std::size_t>(found - kPayloadNames.begin());
}

bool read_salt(std::string_view hex, MemberSalt& salt) {
  const auto bytes = hex_decode(hex);
  if (!bytes || bytes->size() != salt.size()) return false;
  std::ranges::copy(*bytes, salt.begin());
  return true;
}

// Fills files (without content) and answers from evidence.json.
Status read_list(std::string_view text, EvidencePack& pack) {
  const auto json = parse_canonical_json(text, kListLimits);
  if (!json) return bad_format("evidence.json is not canonical");
  JsonReader reader(*json, kListName);
  const std::string format = reader.string("format");
  (void)reader.string("bundle");
  for (const Json& item : reader.list("files")) {
    JsonReader entry(item, kListName);
    const auto payload = payload_number(entry.string("payload"));
    ShownFile file;
    file.name = entry.string("name");
    if (!payload || !is_member_name(file.name) || !read_salt(entry.string("salt"), file.salt) ||
        !entry.finish())
      return bad_format("a file it shows is listed wrongly");
    file.payload = *payload;
    pack.files.push_back(std::move(file));
  }
  for (const Json& item : reader.list("answers")) {
    JsonReader entry(item, kListName);
    const auto payload = payload_number(entry.string("payload"));
    ShownAnswer shown;
    shown.answer.ref = entry.string("ref");
    shown.answer.value = entry.string("value");
    if (!payload || !read_salt(entry.string("salt"), shown.salt) || !entry.finish() ||
        shown.answer.ref.find('\n') != std::string::npos)
      return bad_format("an answer it shows is listed wrongly");
    shown.payload = *payload;
    pack.answers.push_back(std::move(shown));
  }
  if (!reader.finish() || format != kEvidenceFormat)
    return bad_format("evidence.json is of another format");
  return {};
}

std::multiset<crypto::Blake2b256> listed_members(std::string_view members_json) {
  const JsonLimits limits{.size_bytes = std::size_t{1} << 20, .depth = 2, .trailing_newline = true};
  std::multiset<crypto::Blake2b256> hashes;
  const auto json = parse_canonical_json(members_json, limits);
  if (!json) return hashes;
  JsonReader reader(*json, kMembersName);
  (void)reader.string("format");
  for (const Json& item : reader.list("members")) {
    crypto::Blake2b256 hash{};
    if (item.string() != nullptr && read_salt(*item.string(), hash)) hashes.insert(hash);
  }
  return hashes;
}

crypto::Blake2b256 hash_of(const ShownFile& file) {
  crypto::Blake2b256Stream hash = begin_member_hash(file.salt, file.name);
  hash.update(file.content);
  return hash.finish();
}

// Takes `hash` out of `left`; false where it is not there (or was taken before).
bool take(std::multiset<crypto::Blake2b256>& left, const crypto::Blake2b256& hash) {
  const auto found = left.find(hash);
  if (found == left.end()) return false;
  left.erase(found);
  return true;
}

Status check_files(const EvidencePack& pack, std::size_t payload, EvidenceCount& count) {
  std::multiset<crypto::Blake2b256> left = listed_members(pack.members_json[payload]);
  std::uint64_t shown = 0;
  for (const ShownFile& file : pack.files) {
    if (file.payload != payload) continue;
    if (!take(left, hash_of(file)))
      return fail(ErrorKind::kInvalid, "evidence.file",
                  fmt::format("The file {} is not one that the device signed, or is shown twice.",
                              file.name));
    if (file.name != kAnswersName && file.name != kAnswersSaltName) ++shown;
  }
  count.files_shown += shown;
  count.files_withheld += left.size();
  return {};
}

Status check_answers(const EvidencePack& pack, std::size_t payload, EvidenceCount& count) {
  const auto list = std::ranges::find_if(pack.files, [&](const ShownFile& file) {
    return file.payload == payload && file.name == kAnswersName;
  });
  const bool open = list != pack.files.end();
  std::multiset<crypto::Blake2b256> left;
  if (open) {
    VIGIL_ASSIGN(const auto hashes, parse_answers(as_text(list->content)));
    left.insert(hashes.begin(), hashes.end());
  }
  for (const ShownAnswer& shown : pack.answers) {
    if (shown.payload != payload) continue;
    if (!open || !take(left, answer_hash(shown.salt, shown.answer)))
      return fail(ErrorKind::kInvalid, "evidence.answer",
                  "An answer is not one that the device signed, or is shown twice.");
    ++count.answers_shown;
  }
  count.answers_withheld += left.size();
  return {};
}

}  // namespace

Result<Bytes> write_evidence(const EvidencePack& pack) {
  std::vector<Member> members{
      {std::string(kListName), to_bytes(emit_list(pack))},
      {std::string(kManifestName), to_bytes(pack.manifest_json)},
      {std::string(kSignatureName), to_bytes(pack.signature_file)},
      {std::string(kRosterName), to_bytes(pack.roster_json)},
      {std::string(kRosterSignatureName), to_bytes(pack.roster_signature_file)}};
  if (!pack.receipt.empty()) members.push_back({std::string(kReceiptName), to_bytes(pack.receipt)});
  for (std::size_t i = 0; i < pack.members_json.size(); ++i)
    if (!pack.members_json[i].empty())
      members.push_back({std::string(kMembersNames[i]), to_bytes(pack.members_json[i])});
  for (std::size_t i = 0; i < pack.files.size(); ++i)
    members.push_back({file_name(i), pack.files[i].content});
  return write_archive(members);
}

Result<EvidencePack> read_evidence(ByteView archive) {
  if (archive.size() > kEvidenceLimitBytes) return bad_format("it is too large");
  auto members = read_archive(archive);
  if (!members) return bad_format("it is not a canonical archive");
  std::size_t next = 0;
  const auto take_member = [&](std::string_view name) -> std::optional<std::string> {
    if (next == members->size() || (*members)[next].name != name) return std::nullopt;
    return std::string(as_text((*members)[next++].content));
  };
  EvidencePack pack;
  const auto list = take_member(kListName);
  const auto manifest = take_member(kManifestName);
  const auto signature = take_member(kSignatureName);
  const auto roster = take_member(kRosterName);
  const auto roster_signature = take_member(kRosterSignatureName);
  if (!list || !manifest || !signature || !roster || !roster_signature)
    return bad_format("it does not hold the files that a pack has");
  pack.manifest_json = *manifest;
  pack.signature_file = *signature;
  pack.roster_json = *roster;
  pack.roster_signature_file = *roster_signature;
  pack.receipt = take_member(kReceiptName).value_or("");
  for (std::size_t i = 0; i < kMembersNames.size(); ++i)
    pack.members_json[i] = take_member(kMembersNames[i]).value_or("");
  VIGIL_TRY(read_list(*list, pack));
  for (std::size_t i = 0; i < pack.files.size(); ++i, ++next) {
    if (next == members->size() || (*members)[next].name != file_name(i))
      return bad_format("a file it lists is not there");
    pack.files[i].content = std::move((*members)[next].content);
  }
  if (next != members->size()) return bad_format("it holds more than it lists");
  // One pack has one spelling; this also compares the bundle's id with the manifest's.
  VIGIL_ASSIGN(const Bytes again, write_evidence(pack));
  if (!std::ranges::equal(again, archive)) return bad_format("it is not in its canonical form");
  return pack;
}

Result<EvidenceCount> check_evidence(const EvidencePack& pack, const Manifest& manifest) {
  EvidenceCount count;
  for (std::size_t i = 0; i < pack.members_json.size(); ++i) {
    const std::string& list = pack.members_json[i];
    const bool there = i < manifest.payloads.size();
    if (!list.empty() &&
        (!there || crypto::blake2b_256(as_bytes(list)) != manifest.payloads[i].members))
      return fail(ErrorKind::kInvalid, "evidence.members",
                  "The list of files is not the one that the device signed.");
    if (there && list.empty()) ++count.payloads_unlisted;
    VIGIL_TRY(check_files(pack, i, count));
    VIGIL_TRY(check_answers(pack, i, count));
  }
  return count;
}

}  // namespace vigil::bundle
