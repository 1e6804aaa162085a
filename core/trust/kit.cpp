// SPDX-License-Identifier: Apache-2.0
#include "core/trust/kit.h"

#include <algorithm>

#include "core/base/json.h"
#include "core/crypto/hash.h"

namespace vigil::trust {
namespace {

namespace minisign = crypto::minisign;

constexpr std::string_view kFormat = "vigil-kit-1";
// The same with the hub's address. A kit without one stays of the first format, byte for byte, so
// that every Vigil can take it.
constexpr std::string_view kFormatWithHub = "vigil-kit-2";
constexpr std::string_view kAnyFormat = "vigil-kit-";
// What is signed, whatever the list's format: so a Vigil that does not know a format says just
// that, and does not doubt the office.
constexpr std::string_view kPurpose = "vigil-kit-1";
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

std::unexpected<Error> bad_hub(const Error& why) {
  return fail(ErrorKind::kInvalid, "kit.hub",
              "The kit names a hub that tablets cannot use: " + why.message);
}

std::string trusted_comment(std::uint64_t roster_version) {
  return std::string(kPurpose) + " roster version " + std::to_string(roster_version);
}

struct KitList {
  minisign::PublicKey root;
  std::uint64_t roster_version = 0;
  std::optional<HubAddress> hub;
};

Json hub_json(const HubAddress& hub) {
  Json::List pins;
  for (const std::string& pin : hub.pins) pins.emplace_back(pin);
  return Json::Object{{"url", hub.url}, {"pins", std::move(pins)}};
}

// What the root signs: where the hub is, and every member that follows, by name, size and digest.
std::string emit_list(const KitList& list, std::span<const bundle::Member> listed) {
  Json::List files;
  for (const bundle::Member& member : listed)
    files.push_back(Json::Object{{"name", member.name},
                                 {"size", static_cast<std::int64_t>(member.content.size())},
                                 {"blake2b", hex_encode(crypto::blake2b_512(member.content))}});
  Json::Object object{{"format", list.hub ? kFormatWithHub : kFormat},
                      {"root", minisign::to_string(list.root)},
                      {"roster_version", static_cast<std::int64_t>(list.roster_version)}};
  if (list.hub) object.emplace_back("hub", hub_json(*list.hub));
  object.emplace_back("files", std::move(files));
  return emit_json(object) + "\n";
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

Result<HubAddress> read_hub(const Json& json) {
  JsonReader reader(json, "the kit's hub");
  HubAddress hub;
  hub.url = reader.string("url");
  for (const Json& pin : reader.list("pins"))
    hub.pins.push_back(pin.string() != nullptr ? *pin.string() : std::string());
  const Status whole = reader.finish();
  if (!whole) return bad_hub(whole.error());
  const Status fit = check_hub(hub);
  if (!fit) return bad_hub(fit.error());
  return hub;
}

// The list must be, byte for byte, the one that this root would have signed for these members.
Result<KitList> check_list(const KitMembers& members) {
  const auto json = parse_canonical_json(members.text(0), kLimits);
  if (!json) return bad_files("The kit's list is not written as it must be.");
  JsonReader reader(*json, kListName);
  const std::string format = reader.string("format");
  if (format != kFormat && format != kFormatWithHub) {
    if (!format.starts_with(kAnyFormat)) return bad_archive();
    return fail(ErrorKind::kInvalid, "kit.newer",
                "This kit is of a format that this Vigil does not know; update Vigil here, then "
                "take the kit again.");
  }
  const auto root = minisign::parse_public_key(reader.string("root"));
  if (!root) return bad_files("The kit's list names no root key.");
  KitList list{*root, 0, {}};
  list.roster_version =
      static_cast<std::uint64_t>(reader.number("roster_version", 1, kJsonNumberLimit));
  if (format == kFormatWithHub) {
    VIGIL_ASSIGN(list.hub, read_hub(reader.value("hub")));
  }
  if (emit_list(list, members.listed()) != members.text(0))
    return bad_files("The kit's files are not those that were signed.");
  return list;
}

Result<std::string> verify_list_signature(const KitMembers& members,
                                          const minisign::PublicKey& root) {
  const auto comment = minisign::verify(root, crypto::blake2b_512(members.all[0].content),
                                        members.text(1), minisign::UntrustedComment::kOurs);
  if (!comment || !comment->starts_with(kPurpose)) return bad_signature();
  return *comment;
}

}  // namespace

Result<Bytes> write_kit(const Kit& kit, const minisign::SecretKey& root) {
  VIGIL_TRY(check_file_names(kit.files));
  if (kit.hub) {
    const Status fit = check_hub(*kit.hub);
    if (!fit) return bad_hub(fit.error());
  }
  VIGIL_ASSIGN(const Roster roster, verify_roster(kit.roster, root.public_key()));
  std::vector<bundle::Member> members{
      {std::string(kListName), {}},
      {std::string(kListSignatureName), {}},
      {std::string(kRosterName), to_bytes(kit.roster.roster_json)},
      {std::string(kRosterSignatureName), to_bytes(kit.roster.signature_file)}};
  members.insert(members.end(), kit.files.begin(), kit.files.end());
  const std::string list =
      emit_list({root.public_key(), roster.version, kit.hub}, std::span(members).subspan(2));
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
  verified.kit.hub = list.hub;
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
