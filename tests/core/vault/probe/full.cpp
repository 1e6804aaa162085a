// SPDX-License-Identifier: Apache-2.0
#include <cstdio>
#include <map>

#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/journal.h"
#include "core/vault/schema.h"
#include "core/vault/visits.h"
#include "tests/core/vault/probe/modes.h"
#include "tests/core/vault/probe/open_probe.h"

namespace vigil::vault::probe {
namespace {

int wrong(const std::string& what) {
  std::printf("%s\n", what.c_str());
  return 1;
}

bool says_full(const Error& error) {
  return error.kind == ErrorKind::kStorage && error.code == "vault.full";
}

Status attach(Vault& vault, RecordId record, const std::string& name) {
  VIGIL_ASSIGN(const auto writer,
               begin_attachment(vault, record, "/data/photo", name, "image/jpeg"));
  VIGIL_TRY(writer->append(Bytes(100'000, 7)));
  return writer->commit();
}

}  // namespace

int fill_disk(const std::string& folder, const std::string& key_hex) {
  {
    const auto files = platform::posix_files();
    CHECK(files->make_directories(folder).has_value());
    const auto key = crypto::SecretBytes::copy_of(*hex_decode(key_hex));
    auto database =
        sql::Database::open(path_in(folder, kDatabaseFile), key, sql::OpenMode::kCreate);
    CHECK(database.has_value());
    CHECK(make_schema(*database, newest_schema()).has_value());
  }
  auto opened = open_probe(folder, key_hex);
  CHECK(install_form(*opened->vault, {"custody", "1", "Custody", "<h:html/>", {}}).has_value());
  const auto visit = new_visit(*opened->vault, {"place", "police", std::nullopt});
  const auto record = add_record(*opened->vault, visit->id, "custody", "1");
  CHECK(record.has_value());
  std::map<std::string, std::string> acknowledged;
  std::size_t refusals = 0;
  for (int i = 0; i < 100'000 && refusals < 3; ++i) {
    const std::string ref = "/data/q" + std::to_string(i % 100);
    const std::string value = std::to_string(i) + std::string(400, 'x');
    const Status done = apply(*opened->vault, *record, {{ref, value}});
    if (done.has_value()) acknowledged[ref] = value;
    const Status photo = attach(*opened->vault, *record, "p" + std::to_string(i));
    for (const Status* status : {&done, &photo}) {
      if (status->has_value()) continue;
      if (!says_full(status->error())) return wrong("refused with " + status->error().code);
      ++refusals;
    }
  }
  if (refusals < 3) return wrong("the disk never ran full");
  const auto all_there = [&] {
    std::map<std::string, std::string> stored;
    const auto rows = answers(*opened->vault, *record);
    for (const Answer& row : *rows) stored[row.ref] = row.value;
    return stored == acknowledged && verify_journal(*opened->vault, *record).has_value();
  };
  const auto open_again = [&] {
    opened->vault.reset();
    opened = open_probe(folder, key_hex);
  };
  if (!all_there()) return wrong("an acknowledged answer is not there");
  open_again();
  if (!all_there()) return wrong("opened on the full disk, an acknowledged answer is not there");
  // A person makes some room elsewhere, then takes a photo away.
  CHECK(opened->files->remove(folder + "/../ballast").has_value());
  const auto photos = attachments(*opened->vault, *record);
  CHECK(photos.has_value() && !photos->empty());
  if (!remove_attachment(*opened->vault, photos->front().id).has_value()) {
    return wrong("with room again an attachment could not be removed");
  }
  open_again();
  if (!all_there()) return wrong("with room again, an acknowledged answer is not there");
  if (!apply(*opened->vault, *record, {{"/data/q1", "after"}}).has_value()) {
    return wrong("with room again an answer is still refused");
  }
  std::puts("ok");
  return 0;
}

}  // namespace vigil::vault::probe
