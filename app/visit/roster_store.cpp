// SPDX-License-Identifier: Apache-2.0
#include "app/visit/roster_store.h"

#include <algorithm>

#include "app/visit/hub.h"
#include "core/trust/handover.h"
#include "core/vault/forms_store.h"
#include "core/vault/settings.h"
#include "forms/xform/definition.h"

namespace vigil::visit {
namespace {

std::unexpected<Error> not_enrolled() {
  return fail(ErrorKind::kNotFound, "roster.absent",
              "This tablet is not enrolled yet: take its request to the office and accept the "
              "office's kit.");
}

bool is_form(const bundle::Member& file) {
  return file.name.starts_with("form-") && file.name.ends_with(".xml");
}

// Media of form-<id>.xml are carried as media-<id>-<name>.
std::vector<vault::FormMedia> media_for(const trust::Kit& kit, const std::string& id) {
  const std::string prefix = "media-" + id + "-";
  std::vector<vault::FormMedia> media;
  for (const bundle::Member& file : kit.files)
    if (file.name.starts_with(prefix))
      media.push_back({file.name.substr(prefix.size()), file.content});
  return media;
}

}  // namespace

Result<crypto::minisign::PublicKey> pinned_root(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto root, vault::get_setting(vault, vault::kRootKeySetting));
  if (!root) return not_enrolled();
  return crypto::minisign::parse_public_key(as_text(*root));
}

Result<CurrentRoster> current_roster(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto root, pinned_root(vault));
  VIGIL_ASSIGN(const auto text, vault::get_setting(vault, vault::kRosterSetting));
  VIGIL_ASSIGN(const auto signature, vault::get_setting(vault, vault::kRosterSignatureSetting));
  if (!text || !signature) return not_enrolled();
  CurrentRoster current;
  current.signed_roster = {std::string(as_text(*text)), std::string(as_text(*signature))};
  VIGIL_ASSIGN(current.roster, trust::verify_roster(current.signed_roster, root));
  return current;
}

Result<AcceptedKit> accept_kit(vault::Vault& vault, ByteView archive,
                               const trust::VerifiedKit& kit) {
  if (auto current = current_roster(vault)) {
    // A root that the old one handed over to counts as the old one.
    VIGIL_ASSIGN(const auto root, trust::follow_handovers(archive, current->roster.root));
    current->roster.root = root;
    VIGIL_TRY(trust::check_succession(current->signed_roster, current->roster, kit.kit.roster,
                                      kit.roster));
    VIGIL_ASSIGN(const auto known, vault::get_setting(vault, vault::kKitSetting));
    if (known && kit.roster.version == current->roster.version &&
        !std::ranges::equal(*known, archive)) {
      return fail(ErrorKind::kConflict, "kit.rollback",
                  "This kit is as old as the one in use, but not the same; ask the office for the "
                  "newest.");
    }
  } else if (current.error().code != "roster.absent") {
    return std::unexpected(current.error());
  }
  AcceptedKit accepted{kit.roster.version, {}, kit.kit.hub};
  std::vector<vault::InstalledForm> forms;
  for (const bundle::Member& file : kit.kit.files) {
    if (!is_form(file)) continue;
    vault::InstalledForm form;
    form.xform = std::string(as_text(file.content));
    const std::string stem = file.name.substr(5, file.name.size() - 5 - 4);
    form.media = media_for(kit.kit, stem);
    auto loaded = forms::load_xform(form.xform, [&](std::string_view name) -> std::optional<Bytes> {
      for (const vault::FormMedia& media : form.media)
        if (media.name == name) return media.content;
      return std::nullopt;
    });
    if (!loaded) {
      return fail(ErrorKind::kInvalid, "kit.form",
                  "The kit's " + file.name + " is not a form this Vigil can use (" +
                      loaded.error().message + "); ask the office for a new kit.");
    }
    form.id = (*loaded)->id();
    form.version = (*loaded)->version();
    form.title = (*loaded)->title();
    accepted.forms.push_back(form.title + " (" + form.version + ")");
    forms.push_back(std::move(form));
  }
  for (const vault::InstalledForm& form : forms) VIGIL_TRY(vault::install_form(vault, form));
  const std::string root = crypto::minisign::to_string(kit.roster.root);
  const std::string hub = hub_text(kit.kit.hub);
  std::vector<std::pair<std::string_view, ByteView>> settings{
      {vault::kRootKeySetting, as_bytes(root)},
      {vault::kRosterSetting, as_bytes(kit.kit.roster.roster_json)},
      {vault::kRosterSignatureSetting, as_bytes(kit.kit.roster.signature_file)},
      {vault::kKitSetting, archive},
      {vault::kOfficeHubSetting, as_bytes(hub)}};
  if (kit.kit.hub) {
    settings.emplace_back(vault::kHubUrlSetting, ByteView());
    settings.emplace_back(vault::kHubPinSetting, ByteView());
  }
  VIGIL_TRY(vault::put_settings(vault, settings));
  return accepted;
}

}  // namespace vigil::visit
