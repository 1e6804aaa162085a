// SPDX-License-Identifier: Apache-2.0
//
// A child works in a vault and is killed at random instants. Every acknowledged step must be there,
// the step under way wholly or not at all, and the journal must verify. VIGIL_KILLS says how often
// (200 here, 10,000 in make soak), VIGIL_SEED repeats a run.
#include <algorithm>
#include <csignal>
#include <map>
#include <random>
#include <sstream>

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include "core/bundle/check.h"
#include "core/vault/journal.h"
#include "core/vault/outbox.h"
#include "core/vault/refs.h"
#include "core/vault/settings.h"
#include "tests/core/vault/fixture.h"

namespace vigil::vault::test {
namespace {

struct File {
  std::size_t size = 0;
  int byte = 0;
  friend bool operator==(const File&, const File&) = default;
};

// What the open visit holds, as told by the child.
struct Expected {
  bool visit = false;
  bool record = false;
  std::map<std::string, std::string> answers;
  std::map<std::string, File> files;
  int sealed = 0;
  friend bool operator==(const Expected&, const Expected&) = default;

  std::string text() const {
    std::string all = std::to_string(visit) + std::to_string(record) + " " + std::to_string(sealed);
    for (const auto& [ref, value] : answers) all += "\n" + ref + "=" + value;
    for (const auto& [name, file] : files) {
      all += "\n" + name + ":" + std::to_string(file.size) + "x" + std::to_string(file.byte);
    }
    return all;
  }

  void take(const std::string& step) {
    std::istringstream words(step);
    std::string kind;
    std::string ref;
    words >> kind >> ref;
    if (kind == "?visit") visit = true;
    if (kind == "?record") record = true;
    if (kind == "?set") {
      std::string value;
      words >> value;
      answers[ref] = value;
      if (value.empty()) answers.erase(ref);
    }
    if (kind == "?add") answers[ref] = "";
    if (kind == "?remove") remove(ref);
    if (kind == "?attach") words >> files[ref].size >> files[ref].byte;
    if (kind == "?seal") *this = {.answers = {}, .files = {}, .sealed = sealed + 1};
  }

 private:
  void remove(const std::string& instance) {
    std::map<std::string, std::string> left;
    for (const auto& [ref, value] : answers) {
      if (!is_within(ref, instance))
        left[ref_after_removal(ref, *split_instance(instance))] = value;
    }
    answers = std::move(left);
  }
};

class Kill : public VaultTest {
 protected:
  // The child's output until it is killed: some time after it began its `lines`th line. None: while
  // it opens the vault.
  std::string run_child(std::uint64_t seed, std::size_t lines, unsigned after_us) {
    int pipe_ends[2];
    EXPECT_EQ(::pipe2(pipe_ends, O_CLOEXEC), 0);
    posix_spawn_file_actions_t actions;
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, pipe_ends[1], STDOUT_FILENO);
    const std::string key = hex_encode(key_.view());
    const std::string seed_text = std::to_string(seed);
    std::string words[] = {VIGIL_VAULT_PROBE, "fill", folder_, key, seed_text};
    char* arguments[] = {words[0].data(), words[1].data(), words[2].data(),
                         words[3].data(), words[4].data(), nullptr};
    pid_t child = 0;
    EXPECT_EQ(::posix_spawn(&child, words[0].c_str(), &actions, nullptr, arguments, environ), 0);
    posix_spawn_file_actions_destroy(&actions);
    ::close(pipe_ends[1]);
    std::string output;
    const auto drain_until = [&](std::size_t wanted) {
      char buffer[4096];
      while (static_cast<std::size_t>(std::ranges::count(output, '\n')) < wanted) {
        const ssize_t got = ::read(pipe_ends[0], buffer, sizeof buffer);
        if (got <= 0) return;
        output.append(buffer, static_cast<std::size_t>(got));
      }
    };
    drain_until(lines);
    ::usleep(after_us);
    ::kill(child, SIGKILL);
    drain_until(SIZE_MAX);
    int status = 0;
    ::waitpid(child, &status, 0);
    EXPECT_TRUE(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL) << "the child failed by itself";
    ::close(pipe_ends[0]);
    return output;
  }

  Expected stored() {
    Expected found;
    const auto all = visits(*vault_);
    for (const Visit& visit : *all) {
      if (visit.state != VisitState::kOpen) {
        ++found.sealed;
        continue;
      }
      found.visit = true;
      const auto list = records(*vault_, visit.id);
      for (const Record& record : *list) {
        found.record = true;
        take_record(found, record.id);
      }
    }
    return found;
  }

  void take_record(Expected& found, RecordId record) {
    EXPECT_TRUE(ok(verify_journal(*vault_, record)));
    const auto rows = answers(*vault_, record);
    for (const Answer& answer : *rows) found.answers[answer.ref] = answer.value;
    const auto list = attachments(*vault_, record);
    for (const Attachment& file : *list) {
      if (file.complete) found.files[file.name] = read_whole(file);
    }
  }

  File read_whole(const Attachment& row) {
    auto file = open_attachment(*vault_, row.id);
    EXPECT_TRUE(ok(file));
    Bytes content(static_cast<std::size_t>((*file)->size_bytes()));
    EXPECT_TRUE(ok((*file)->read_at(0, content)));
    const bool same = std::ranges::all_of(content, [&](auto byte) { return byte == content[0]; });
    return {content.size(), same ? content[0] : -1};
  }

  // Every sealed visit has its bundle whole, in an unbroken chain; nothing else is in the outbox.
  void check_outbox(int sealed) {
    const auto entries = outbox(*vault_);
    ASSERT_EQ(static_cast<int>(entries->size()), sealed);
    EXPECT_EQ(static_cast<int>(files_->list(folder_ + "/outbox")->size()), sealed);
    if (entries->empty()) return;
    auto file = files_->open(entries->back().path);
    ASSERT_TRUE(ok(file));
    const auto checked = bundle::check_bundle(**file, {device_key_.public_key()});
    ASSERT_TRUE(ok(checked));
    EXPECT_EQ(checked->id, entries->back().id);
    EXPECT_EQ(checked->manifest.sequence, entries->size());
  }
};

TEST_F(Kill, AtAnyInstantLosesNothingAcknowledged) {
  const char* kills_text = std::getenv("VIGIL_KILLS");
  const char* seed_text = std::getenv("VIGIL_SEED");
  const int kills = kills_text != nullptr ? std::atoi(kills_text) : 200;
  const std::uint64_t seed =
      seed_text != nullptr ? std::strtoull(seed_text, nullptr, 10) : std::random_device{}();
  std::printf("seed %llu\n", static_cast<unsigned long long>(seed));
  std::mt19937_64 random(seed);
  ASSERT_TRUE(ok(install_form(*vault_, {"custody", "1", "Police custody", "<h:html/>", {}})));
  ASSERT_TRUE(ok(put_secret(*vault_, kDeviceKeySecret, device_key_.raw().view())));
  ASSERT_TRUE(ok(put_setting(*vault_, "test-recipient",
                             as_bytes(crypto::age::to_string(general_.recipient())))));
  Expected expected;
  int acknowledged = 0;
  int under_way = 0;
  for (int i = 0; i < kills; ++i) {
    vault_.reset();
    const std::size_t count = random() % 5 == 0 ? 0 : random() % 40;
    const auto after_us = static_cast<unsigned>(random() % (count == 0 ? 40'000 : 4'000));
    std::istringstream lines(run_child(random(), count, after_us));
    std::string pending;
    for (std::string line; std::getline(lines, line);) {
      if (line == "+") {
        expected.take(pending);
        ++acknowledged;
      }
      pending = line.starts_with('?') ? line : "";
    }
    auto again = open_with_key(host_, folder_, key_.clone(), "00000000");
    ASSERT_TRUE(ok(again)) << "after kill " << i;
    vault_ = std::move(*again);
    const Expected found = stored();
    Expected after = expected;
    after.take(pending);
    ASSERT_TRUE(found == expected || found == after)
        << "after kill " << i << " in " << pending << "\nstored " << found.text() << "\nexpected "
        << expected.text();
    if (found == after && !(after == expected)) ++under_way;
    expected = found;
    check_outbox(expected.sealed);
  }
  std::printf("%d kills, %d steps acknowledged, %d done though not yet told, %d visits sealed\n",
              kills, acknowledged, under_way, expected.sealed);
  EXPECT_GT(acknowledged, kills) << "the children did too little for this to show anything";
}

}  // namespace
}  // namespace vigil::vault::test
