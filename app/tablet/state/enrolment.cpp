// SPDX-License-Identifier: Apache-2.0
#include "app/tablet/state/enrolment.h"

#include <utility>

#include <fmt/format.h>

#include "app/tablet/state/app_options.h"
#include "app/tablet/state/error_words.h"
#include "core/trust/enrolment.h"
#include "core/trust/handover.h"
#include "core/trust/kit.h"
#include "core/vault/settings.h"
#include "platform/qr/qr.h"

namespace vigil::tablet {
namespace {

// A vault of the office's making may have none.
std::string label_or_tablet(vault::Vault& vault) {
  std::string label = setting(vault, vault::kDeviceLabelSetting);
  return label.empty() ? "tablet" : label;
}

}  // namespace

Result<crypto::minisign::SecretKey> device_key(vault::Vault& vault) {
  VIGIL_ASSIGN(const auto raw, vault::get_secret(vault, vault::kDeviceKeySecret));
  return crypto::minisign::SecretKey::from_raw(raw.view());
}

std::vector<std::string> key_words(const crypto::minisign::PublicKey& key,
                                   std::string_view language) {
  return trust::fingerprint_words(
      key, language == "en" ? trust::WordLanguage::kEnglish : trust::WordLanguage::kRussian);
}

Result<vault::VaultPointer> make_tablet(const vault::Host& host, const std::string& folder,
                                        const crypto::SecretBytes& passphrase,
                                        const crypto::Argon2Cost& cost, const std::string& label) {
  VIGIL_ASSIGN(auto made, vault::create_vault(host, folder, passphrase, cost));
  const auto key = crypto::minisign::SecretKey::generate();
  VIGIL_TRY(vault::put_secret(*made, vault::kDeviceKeySecret, key.raw().view()));
  VIGIL_TRY(vault::put_settings(*made, {{vault::kDeviceLabelSetting, as_bytes(label)},
                                        {vault::kRoleSetting, as_bytes("tablet")}}));
  return made;
}

Result<std::string> save_request(vault::Vault& vault, Files& files, const std::string& folder,
                                 const crypto::minisign::SecretKey& key) {
  const std::string label = label_or_tablet(vault);
  std::string name = label + ".request";
  VIGIL_TRY(files.write_atomically(folder + "/" + name, as_bytes(trust::write_request(key, label)),
                                   false));
  return name;
}

bool read_kit(const words::Words& words, std::string_view language, vault::Vault& vault,
              Files& files, const std::string& path, EnrolPage& page) {
  page.kit_error.clear();
  page.enrolled.clear();
  page.office_words.clear();
  auto archive = files.read(path, trust::kKitLimitBytes);
  if (!archive) {
    page.kit_error = error_words(words, archive.error());
    return false;
  }
  page.kit = std::move(*archive);
  if (visit::pinned_root(vault)) return true;
  const auto root = trust::claimed_root(page.kit);
  if (!root) {
    page.kit_error = error_words(words, root.error());
    page.kit.clear();
    return false;
  }
  page.office_words = key_words(*root, language);
  return false;
}

Result<visit::AcceptedKit> take_kit(vault::Vault& vault, ByteView archive) {
  auto root = visit::pinned_root(vault);
  if (root) {
    root = trust::follow_handovers(archive, *root);
  } else if (root.error().code == "roster.absent") {
    root = trust::claimed_root(archive);
  }
  if (!root) return std::unexpected(root.error());
  VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, *root));
  VIGIL_ASSIGN(const auto key, device_key(vault));
  if (kit.roster.find_device(key.public_key()) == nullptr) {
    return fail(ErrorKind::kDenied, "device.not_enrolled",
                "This tablet is not in the kit's roster; the office must approve its "
                "request first and then make a new kit.");
  }
  VIGIL_ASSIGN(auto accepted, visit::accept_kit(vault, archive, kit));
  const auto recovery = kit.roster.recipients_for(trust::RecipientRole::kRecovery);
  if (!recovery.empty()) VIGIL_TRY(vault::set_recovery(vault, recovery.front()));
  return accepted;
}

std::string accepted_words(const words::Words& words, const visit::AcceptedKit& accepted) {
  std::string text = words.plural("The kit is accepted: {0} checklist.",
                                  "The kit is accepted: {0} checklists.", accepted.forms.size());
  if (accepted.hub) {
    text += " " +
            words::fill(words("Sealed visits go to {0}, as the office says."), {accepted.hub->url});
  }
  return text;
}

EnrolModel enrol_model(const words::Words& words, std::string_view language, vault::Vault& vault,
                       Files& files, std::vector<ui::Option> sticks, const EnrolPage& page) {
  EnrolModel model;
  model.error = page.error;
  model.kit_error = page.kit_error;
  const auto key = device_key(vault);
  if (!key) {
    model.error = words("This vault has no key of a tablet; make a new one.");
    return model;
  }
  model.label = setting(vault, vault::kDeviceLabelSetting);
  if (const auto code = platform::make_qr(trust::write_request(*key, label_or_tablet(vault)))) {
    model.qr_side = code->side;
    model.qr = code->dark;
  }
  model.words = key_words(key->public_key(), language);
  model.sticks = std::move(sticks);
  model.saved = page.saved;
  for (const ui::Option& stick : model.sticks) {
    const auto names = files.list(stick.value);
    for (const std::string& name : names.value_or(std::vector<std::string>())) {
      if (name != "kit" && !name.ends_with(".kit")) continue;
      model.kits.push_back({stick.value + "/" + name, name, false});
    }
  }
  model.office_words = page.office_words;
  model.enrolled = page.enrolled;
  if (const auto roster = visit::current_roster(vault)) {
    model.office = words::fill(words("Enrolled with {0}, roster version {1}"),
                               {roster->roster.office, fmt::format("{}", roster->roster.version)});
  }
  return model;
}

}  // namespace vigil::tablet
