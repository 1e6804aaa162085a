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

Status make(Files& files, const HandClock& clock, const TemporaryFolder& folder) {
  const crypto::SecretBytes passphrase = crypto::SecretBytes::copy_of(as_bytes(kPassphrase));
  const vault::Host host{files, clock};
  VIGIL_ASSIGN(const auto office, vault::create_vault(host, folder.file("office"), passphrase, {}));
  VIGIL_TRY(office::set_up(*office, files, {"office", folder.file("recovery.age")}, passphrase));
  VIGIL_ASSIGN(const auto form, forms::convert_xlsform(std::string(VIGIL_SOURCE_DIR) +
                                                       "/forms/packs/police-custody"));
  VIGIL_ASSIGN(const auto loaded,
               forms::load_xform(form.xform_xml, [](std::string_view) { return std::nullopt; }));
  VIGIL_TRY(vault::install_form(
      *office, {loaded->id(), loaded->version(), loaded->title(), form.xform_xml, {}}));
  VIGIL_ASSIGN(const auto tablet, vault::create_vault(host, folder.file("tablet"), passphrase, {}));
  const auto key = crypto::minisign::SecretKey::generate();
  VIGIL_TRY(vault::put_secret(*tablet, vault::kDeviceKeySecret, key.raw().view()));
  VIGIL_ASSIGN(const auto request, trust::read_request(trust::write_request(key, "tablet-1")));
  VIGIL_ASSIGN(const auto roster, office::approve(*office, files, request));
  VIGIL_ASSIGN(const auto root, visit::pinned_root(*office));
  VIGIL_ASSIGN(const auto archive, office::make_kit(*office));
  VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, root));
  VIGIL_ASSIGN(const auto accepted, visit::accept_kit(*tablet, archive, kit));
  return {};
}

const std::string& made_tablet() {
  static const TemporaryFolder folder;
  static const std::string tablet = [] {
    const auto files = platform::posix_files();
    const HandClock clock;
    const Status made = make(*files, clock, folder);
    if (!made) ADD_FAILURE() << made.error().message;
    return folder.file("tablet");
  }();
  return tablet;
}

}  // namespace

World::World() : files_(platform::posix_files()), tablet_(folder_.file("tablet")) {
  ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
  std::filesystem::copy(made_tablet(), tablet_, std::filesystem::copy_options::recursive);
}

}  // namespace vigil::test
