// SPDX-License-Identifier: Apache-2.0
#include "tests/core/vault/fixture.h"

#include "core/base/check.h"
#include "core/vault/schema.h"

namespace vigil::vault::test {

VaultPointer make_keyed_vault(const Host& host, const std::string& folder,
                              const crypto::SecretBytes& key) {
  CHECK(host.files.make_directories(folder).has_value());
  {
    auto database =
        sql::Database::open(path_in(folder, kDatabaseFile), key, sql::OpenMode::kCreate);
    CHECK(database.has_value());
    CHECK(make_schema(*database, newest_schema()).has_value());
  }
  auto vault = open_with_key(host, folder, key.clone(), "00000000");
  CHECK(vault.has_value());
  return std::move(*vault);
}

VaultTest::VaultTest()
    : folder_(temporary_.file("vault")),
      files_(platform::posix_files()),
      host_{*files_, clock_},
      key_(crypto::SecretBytes::random(32)),
      vault_(make_keyed_vault(host_, folder_, key_)),
      device_key_(crypto::minisign::SecretKey::generate()),
      general_(crypto::age::Identity::generate()),
      restricted_(crypto::age::Identity::generate()) {}

void VaultTest::reopen() {
  vault_.reset();
  auto again = open_with_key(host_, folder_, key_.clone(), "00000000");
  ASSERT_TRUE(ok(again));
  vault_ = std::move(*again);
}

RecordId VaultTest::start_record() {
  EXPECT_TRUE(ok(install_form(*vault_, {"custody", "1", "Police custody", "<h:html/>", {}})));
  auto made = new_visit(*vault_, {"Central station", "police", std::nullopt});
  EXPECT_TRUE(ok(made));
  visit_ = *made;
  auto record = add_record(*vault_, visit_.id, "custody", "1");
  EXPECT_TRUE(ok(record));
  return *record;
}

AttachmentId VaultTest::attach(RecordId record, std::string_view name, ByteView content) {
  auto writer = begin_attachment(*vault_, record, "/data/photo", name, "image/jpeg");
  EXPECT_TRUE(ok(writer));
  EXPECT_TRUE(ok((*writer)->append(content)));
  EXPECT_TRUE(ok((*writer)->commit()));
  return (*writer)->id();
}

FinaliseRequest VaultTest::request() const {
  FinaliseRequest request;
  request.device_key = &device_key_;
  request.recipients = {general_.recipient()};
  request.restricted_recipients = {restricted_.recipient()};
  request.files = {{"visit.json", to_bytes("{}\n")}};
  return request;
}

}  // namespace vigil::vault::test
