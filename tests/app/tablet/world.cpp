// SPDX-License-Identifier: Apache-2.0
#include "tests/app/tablet/world.h"

#include <cstdlib>
#include <filesystem>

#include <gtest/gtest.h>

#include "app/office/setup.h"
#include "app/visit/roster_store.h"
#include "core/trust/enrolment.h"
#include "core/vault/forms_store.h"
#include "core/vault/settings.h"
#include "core/vault/vault.h"
#include "forms/xform/definition.h"
#include "forms/xlsform/convert.h"
#include "platform/posix_files.h"

namespace vigil::test {

namespace {

constexpr std::string_view kPlaces =
    "name,type,country\nИВС Ленинского района,ИВС,KG\nСИЗО-1,СИЗО,KG\nИВС города Ош,ИВС,KG\n";

Status make(Files& files, const HandClock& clock, const TemporaryFolder& folder) {
  const crypto::SecretBytes passphrase = crypto::SecretBytes::copy_of(as_bytes(kPassphrase));
  const vault::Host host{files, clock};
  VIGIL_ASSIGN(const auto office, vault::create_vault(host, folder.file("office"), passphrase, {}));
  VIGIL_TRY(office::set_up(*office, files, {"office", folder.file("recovery.age")}, passphrase));
  const std::string packs = std::string(VIGIL_SOURCE_DIR) + "/forms/packs/";
  for (const char* pack : {"police-custody", "interview"}) {
    VIGIL_ASSIGN(const auto form, forms::convert_xlsform(packs + pack));
    VIGIL_ASSIGN(const auto loaded,
                 forms::load_xform(form.xform_xml, [](std::string_view) { return std::nullopt; }));
    VIGIL_TRY(vault::install_form(
        *office, {loaded->id(), loaded->version(), loaded->title(), form.xform_xml, {}}));
  }
  VIGIL_ASSIGN(const Bytes limits, files.read(packs + "limits.csv", 1 << 20));
  VIGIL_TRY(office::add_data(*office, "limits.csv", limits));
  VIGIL_TRY(office::add_data(*office, "places.csv", as_bytes(kPlaces)));
  VIGIL_ASSIGN(const auto tablet, vault::create_vault(host, folder.file("tablet"), passphrase, {}));
  VIGIL_TRY(vault::put_setting(*tablet, vault::kDeviceLabelSetting, as_bytes("tablet-1")));
  const auto key = crypto::minisign::SecretKey::generate();
  VIGIL_TRY(vault::put_secret(*tablet, vault::kDeviceKeySecret, key.raw().view()));
  VIGIL_ASSIGN(const auto request, trust::read_request(trust::write_request(key, "tablet-1")));
  VIGIL_ASSIGN(const auto roster, office::approve(*office, files, request));
  VIGIL_ASSIGN(const auto root, visit::pinned_root(*office));
  VIGIL_ASSIGN(const auto archive, office::make_kit(*office, files));
  VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, root));
  VIGIL_ASSIGN(const auto accepted, visit::accept_kit(*tablet, archive, kit));
  return {};
}

// A folder with "office" and "tablet".
const std::string& made_folder() {
  static const TemporaryFolder folder;
  static const std::string made_in = [] {
    const auto files = platform::posix_files();
    const HandClock clock;
    const Status made = make(*files, clock, folder);
    if (!made) ADD_FAILURE() << made.error().message;
    return folder.file("");
  }();
  return made_in;
}

}  // namespace

World::World() : files_(platform::posix_files()), tablet_(folder_.file("tablet")) {
  ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
  std::filesystem::copy(made_folder() + "tablet", tablet_,
                        std::filesystem::copy_options::recursive);
}

vault::VaultPointer World::open_office() {
  const std::string office = folder_.file("office");
  if (!std::filesystem::exists(office)) {
    std::filesystem::copy(made_folder() + "office", office,
                          std::filesystem::copy_options::recursive);
  }
  auto vault = vault::open_vault({*files_, clock_}, office,
                                 crypto::SecretBytes::copy_of(as_bytes(kPassphrase)));
  if (!vault) {
    ADD_FAILURE() << vault.error().message;
    std::abort();
  }
  return std::move(*vault);
}

}  // namespace vigil::test
