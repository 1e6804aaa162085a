// SPDX-License-Identifier: Apache-2.0
#include "core/trust/kit.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

constexpr std::string_view kFormat = "vigil-kit-1";
constexpr std::string_view kListName = "kit.json";
constexpr std::string_view kListSignatureName = "kit.json.minisig";
constexpr std::string_view kRosterName = "roster.json";
constexpr std::string_view kRosterSignatureName = "roster.json.minisig";
constexpr std::size_t kFirstFile = 4;  // after the four above, in that order
constexpr JsonLimits kLimits{.size_bytes = 1 << 20, .depth = 4, .trailing_newline = true};

std::unexpected<Error> bad_archive() {
  return fail(ErrorKind::kInvalid, "kit.archive",
              "This is not a kit, or it is damaged; fetch it again.");
}
std::unexpected<Error> bad_signature() {
  return fail(ErrorKind::kInvalid, "kit.signature",
              "The kit is not signed by this office's root key.");
}
std::unexpected<Error> bad_files(std::string message) {
  return fail(ErrorKind::kInvalid, "kit.files", std::move(message));
}

std::string trusted_comment(std::uint64_t roster_version) {
  return std::string(kFormat) + " roster version " + std::to_string(roster_version);
}

// What the root signs: every member that follows, by name, size and digest.
std::string emit_list(const minisign::PublicKey& root, std::uint64_t roster_version,
                      std::span<const bundle::Member> listed) {
  Json::List files;
  for (const bundle::Member& member : listed)
    files.push_back(Json::Object{{"name", member.name},
                                 {"size", static_cast<std::int64_t>(member.content.size())},
                                 {"blake2b", hex_encode(crypto::blake2b_512(member.content))}});
  return emit_json(Json::Object{{"format", kFormat},
                                {"root", minisign::to_string(root)},
                                {"roster_version", static_cast<std::int64_t>(roster_version)},
                                {"files", std::move(files)}}) +
         "\n";
}

Status check_file_names(std::span<const bundle::Member> files) {
  std::string_view previous;
  for (const bundle::Member& file : files) {
    if (!bundle::is_member_name(file.name) || file.name.starts_with("kit.json") ||
        file.name.starts_with("roster.json"))
      return bad_files("A file of the kit has a name that no kit may have.");
    if (file.name <= previous) return bad_files("The files of the kit are not in order of name.");
    previous = file.name;
  }
  return {};
}

// The members of a kit in their places, unverified.
struct KitMembers {
  std::vector<bundle::Member> all;
  [[nodiscard]] std::string_view text(std::size_t index) const {
    return as_text(all[index].content);
  }
  [[nodiscard]] std::span<const bundle::Member> listed() const { return std::span(all).subspan(2); }
  [[nodiscard]] std::span<const bundle::Member> files() const {
    return std::span(all).subspan(kFirstFile);
  }
};

Result<KitMembers> split_kit(ByteView archive) {
  if (archive.size() > kKitLimitBytes) return bad_archive();
  auto members = bundle::read_archive(archive);
  if (!members || members->size() < kFirstFile) return bad_archive();
  constexpr std::string_view kNames[] = {kListName, kListSignatureName, kRosterName,
                                         kRosterSignatureName};
  for (std::size_t i = 0; i < kFirstFile; ++i) {
    if ((*members)[i].name != kNames[i]) return bad_archive();
  }
  return KitMembers{std::move(*members)};
}

struct KitList {
  minisign::PublicKey root;
  std::uint64_t roster_version = 0;
};

// The list must be, byte for byte, the one that this root would have signed for these members.
Result<KitList> check_list(const KitMembers& members) {
  const auto json = parse_canonical_json(members.text(0), kLimits);
  if (!json) return bad_files("The kit's list is not written as it must be.");
  JsonReader reader(*json, kListName);
  const bool known = reader.string("format") == kFormat;
  const auto root = minisign::parse_public_key(reader.string("root"));
  const std::int64_t version = reader.number("roster_version", 1, kJsonNumberLimit);
  if (!known || !root)
    return bad_files("The kit's list is of a format this version does not know.");
  KitList list{*root, static_cast<std::uint64_t>(version)};
  if (emit_list(list.root, list.roster_version, members.listed()) != members.text(0))
    return bad_files("The kit's files are not those that were signed.");
  return list;
}

Result<std::string> verify_list_signature(const KitMembers& members,
                                          const minisign::PublicKey& root) {
  const auto comment = minisign::verify(root, crypto::blake2b_512(members.all[0].content),
                                        members.text(1), minisign::UntrustedComment::kOurs);
  if (!comment || !comment->starts_with(kFormat)) return bad_signature();
  return *comment;
}

}  // namespace

Result<Bytes> write_kit(const Kit& kit, const minisign::SecretKey& root) {
  VIGIL_TRY(check_file_names(kit.files));
  VIGIL_ASSIGN(const Roster roster, verify_roster(kit.roster, root.public_key()));
  std::vector<bundle::Member> members{
      {std::string(kListName), {}},
      {std::string(kListSignatureName), {}},
      {std::string(kRosterName), to_bytes(kit.roster.roster_json)},
      {std::string(kRosterSignatureName), to_bytes(kit.roster.signature_file)}};
  members.insert(members.end(), kit.files.begin(), kit.files.end());
  const std::string list =
      emit_list(root.public_key(), roster.version, std::span(members).subspan(2));
  members[0].content = to_bytes(list);
  members[1].content = to_bytes(
      minisign::sign(root, crypto::blake2b_512(as_bytes(list)), trusted_comment(roster.version)));
  VIGIL_ASSIGN(Bytes archive, bundle::write_archive(members));
  if (archive.size() > kKitLimitBytes)
    return bad_files("The kit would be larger than tablets accept; leave out some media.");
  return archive;
}

Result<VerifiedKit> read_kit(ByteView archive, const minisign::PublicKey& root) {
  VIGIL_ASSIGN(KitMembers members, split_kit(archive));
  VIGIL_ASSIGN(const std::string comment, verify_list_signature(members, root));
  VIGIL_ASSIGN(const KitList list, check_list(members));
  if (list.root != root || comment != trusted_comment(list.roster_version)) return bad_signature();
  VIGIL_TRY(check_file_names(members.files()));
  VerifiedKit verified;
  verified.kit.roster = {std::string(members.text(2)), std::string(members.text(3))};
  VIGIL_ASSIGN(verified.roster, verify_roster(verified.kit.roster, root));
  if (verified.roster.version != list.roster_version)
    return bad_files("The kit was signed for another roster than the one in it.");
  verified.kit.files.assign(std::make_move_iterator(members.all.begin() + kFirstFile),
                            std::make_move_iterator(members.all.end()));
  return verified;
}

Result<minisign::PublicKey> claimed_root(ByteView archive) {
  VIGIL_ASSIGN(const KitMembers members, split_kit(archive));
  VIGIL_ASSIGN(const KitList list, check_list(members));
  VIGIL_TRY(verify_list_signature(members, list.root));
  return list.root;
}

}  // namespace vigil::trust
