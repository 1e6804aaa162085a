// SPDX-License-Identifier: Apache-2.0
//
// How long an accepted answer takes to be durable: the vault, and the same rows written to an
// unencrypted database with the same settings, in turns so that both meet the same load.
//   vault_bench FOLDER [ANSWERS]
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string>
#include <vector>

#include <fcntl.h>
#include <sqlite3.h>
#include <unistd.h>

#include "core/base/check.h"
#include "core/vault/answers.h"
#include "core/vault/forms_store.h"
#include "core/vault/visits.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"

namespace {

using namespace vigil;

class Plain {
 public:
  explicit Plain(const std::string& path) {
    CHECK(sqlite3_open(path.c_str(), &database_) == SQLITE_OK);
    run("PRAGMA locking_mode=EXCLUSIVE; PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;"
        "PRAGMA secure_delete=ON;"
        "CREATE TABLE answers (ref TEXT PRIMARY KEY, value TEXT, salt BLOB, event INTEGER);"
        "CREATE TABLE events (sequence INTEGER PRIMARY KEY, line TEXT);");
  }
  ~Plain() { sqlite3_close(database_); }
  void answer(int number, const std::string& ref, const std::string& value) {
    const std::string line(300, 'e');
    run("BEGIN IMMEDIATE; INSERT INTO events VALUES (" + std::to_string(number) + ", '" + line +
        "'); INSERT OR REPLACE INTO answers VALUES ('" + ref + "', '" + value +
        "', randomblob(16), " + std::to_string(number) + "); COMMIT");
  }

 private:
  void run(const std::string& sql) {
    CHECK(sqlite3_exec(database_, sql.c_str(), nullptr, nullptr, nullptr) == SQLITE_OK);
  }
  sqlite3* database_ = nullptr;
};

template <typename Work>
double milliseconds(const Work& work) {
  const auto start = std::chrono::steady_clock::now();
  work();
  return std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - start)
      .count();
}

void print_row(const char* name, std::vector<double> times) {
  std::ranges::sort(times);
  const auto at = [&](double part) {
    return times[static_cast<std::size_t>(part * static_cast<double>(times.size() - 1))];
  };
  std::printf("%-8s %8.3f %8.3f %8.3f %8.3f\n", name, at(0.5), at(0.95), at(0.99), times.back());
}

// What the disk itself takes: where it answers a sync at once, so does everything above.
void print_durable_write(const std::string& folder) {
  const int file = ::open((folder + "/sync").c_str(), O_WRONLY | O_CREAT | O_APPEND, 0600);
  CHECK(file >= 0);
  const std::string page(4096, 'p');
  std::vector<double> times;
  for (int i = 0; i < 500; ++i) {
    times.push_back(milliseconds([&] {
      CHECK(::write(file, page.data(), page.size()) == static_cast<ssize_t>(page.size()));
      CHECK(::fdatasync(file) == 0);
    }));
  }
  ::close(file);
  print_row("4 KiB", times);
  std::puts("(4 KiB: appended to a plain file and synced, for comparison)");
}

// Twenty long drafts: locking rewrites them, so that nothing superseded stays in the file.
void print_locking(vault::Vault& vault) {
  const auto visit = vault::new_visit(vault, {"place", "police", std::nullopt});
  for (int r = 0; r < 20; ++r) {
    const auto record = vault::add_record(vault, visit->id, "bench", "1");
    CHECK(record.has_value());
    std::vector<vault::Answer> answers;
    for (int i = 0; i < 400; ++i) {
      answers.push_back({"/data/group/question_" + std::to_string(i),
                         "an answer of a line or so, number " + std::to_string(i)});
    }
    CHECK(vault::apply(vault, *record, answers).has_value());
  }
  std::printf("locking with 20 drafts of 400 answers: %.1f ms\n",
              milliseconds([&] { vault.lock(); }));
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string folder = std::string(argv[1]) + "/vault-bench";
  const int count = argc > 2 ? std::atoi(argv[2]) : 2000;
  std::filesystem::remove_all(folder);
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  auto vault = vault::create_vault({*files, *clock}, folder,
                                   crypto::SecretBytes::copy_of(as_bytes("a passphrase")), {});
  CHECK(vault.has_value());
  CHECK(vault::install_form(**vault, {"bench", "1", "Bench", "<h:html/>", {}}).has_value());
  const auto visit = vault::new_visit(**vault, {"place", "police", std::nullopt});
  const auto record = vault::add_record(**vault, visit->id, "bench", "1");
  CHECK(record.has_value());
  Plain plain(folder + "/plain.db");
  std::vector<double> sealed_ms;
  std::vector<double> plain_ms;
  for (int i = 1; i <= count; ++i) {
    const std::string ref = "/data/group/question_" + std::to_string(i % 400);
    const std::string value = "an answer of a line or so, number " + std::to_string(i);
    sealed_ms.push_back(
        milliseconds([&] { CHECK(vault::apply(**vault, *record, {{ref, value}}).has_value()); }));
    plain_ms.push_back(milliseconds([&] { plain.answer(i, ref, value); }));
  }
  std::printf("%d answers, milliseconds each\n%-8s %8s %8s %8s %8s\n", count, "", "p50", "p95",
              "p99", "max");
  print_row("vault", sealed_ms);
  print_row("plain", plain_ms);
  std::ranges::nth_element(sealed_ms, sealed_ms.begin() + count / 2);
  std::ranges::nth_element(plain_ms, plain_ms.begin() + count / 2);
  std::printf("ratio of medians %.2f\n", sealed_ms[static_cast<std::size_t>(count / 2)] /
                                             plain_ms[static_cast<std::size_t>(count / 2)]);
  print_durable_write(folder);
  print_locking(**vault);
  vault->reset();
  std::filesystem::remove_all(folder);
  return 0;
}
