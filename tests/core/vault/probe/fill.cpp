// SPDX-License-Identifier: Apache-2.0
#include <optional>
#include <random>

#include <unistd.h>

#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/visits.h"
#include "tests/core/vault/probe/modes.h"
#include "tests/core/vault/probe/open_probe.h"

namespace vigil::vault::probe {
namespace {

void tell(const std::string& line) {
  const std::string text = line + "\n";
  CHECK(::write(STDOUT_FILENO, text.data(), text.size()) == static_cast<ssize_t>(text.size()));
}

std::optional<Visit> open_visit(Vault& vault) {
  const auto list = visits(vault);
  CHECK(list.has_value());
  for (const Visit& visit : *list) {
    if (visit.state == VisitState::kOpen) return visit;
  }
  return std::nullopt;
}

class Filling {
 public:
  Filling(Vault& vault, std::uint64_t seed) : vault_(vault), random_(seed) {}

  [[noreturn]] void run() {
    while (true) step();
  }

 private:
  std::uint64_t pick(std::uint64_t below) { return random_() % below; }

  void step() {
    const auto visit = open_visit(vault_);
    if (!visit) return begin();
    const auto list = records(vault_, visit->id);
    CHECK(list.has_value());
    if (list->empty()) return begin_record(visit->id);
    const RecordId record = list->front().id;
    switch (pick(16)) {
      case 0:
        return attach(record);
      case 1:
        return pick(2) == 0 ? seal(visit->id) : set(record);
      case 2:
        return add(record);
      case 3:
        return remove(record);
      case 4:
        return clear(record);
      default:
        return set(record);
    }
  }

  void begin() {
    tell("?visit");
    CHECK(new_visit(vault_, {"place", "police", std::nullopt}).has_value());
    tell("+");
  }
  void begin_record(VisitId visit) {
    tell("?record");
    CHECK(add_record(vault_, visit, "custody", "1").has_value());
    tell("+");
  }
  void set(RecordId record) {
    const std::string ref = "/data/q" + std::to_string(pick(20));
    const std::string value = std::to_string(random_());
    tell("?set " + ref + " " + value);
    CHECK(apply(vault_, record, {{ref, value}}).has_value());
    tell("+");
  }
  void clear(RecordId record) {
    const std::string ref = "/data/q" + std::to_string(pick(20));
    tell("?set " + ref + " ");
    CHECK(apply(vault_, record, {{ref, ""}}).has_value());
    tell("+");
  }
  std::size_t instances(RecordId record) {
    const auto rows = answers(vault_, record);
    CHECK(rows.has_value());
    std::size_t count = 0;
    for (const Answer& row : *rows) count += is_instance_ref(row.ref) ? 1U : 0U;
    return count;
  }
  void add(RecordId record) {
    const std::string ref = "/data/p[" + std::to_string(instances(record) + 1) + "]";
    tell("?add " + ref);
    CHECK(add_repeat(vault_, record, ref).has_value());
    tell("+");
    const std::string value = std::to_string(random_());
    tell("?set " + ref + "/n " + value);
    CHECK(apply(vault_, record, {{ref + "/n", value}}).has_value());
    tell("+");
  }
  void remove(RecordId record) {
    const std::size_t count = instances(record);
    if (count == 0) return;
    const std::string ref = "/data/p[" + std::to_string(pick(count) + 1) + "]";
    tell("?remove " + ref);
    CHECK(remove_repeat(vault_, record, ref).has_value());
    tell("+");
  }
  void attach(RecordId record) {
    const std::string name = "f" + std::to_string(random_() % 1'000'000'000);
    const Bytes content(1 + pick(600'000), static_cast<std::uint8_t>(pick(256)));
    tell("?attach " + name + " " + std::to_string(content.size()) + " " +
         std::to_string(content.front()));
    auto writer = begin_attachment(vault_, record, "/data/photo", name, "image/jpeg");
    if (!writer.has_value()) return tell("-");  // the name is taken, once in a blue moon
    CHECK((*writer)->append(content).has_value());
    CHECK((*writer)->commit().has_value());
    tell("+");
  }
  void seal(VisitId visit) {
    const auto list = records(vault_, visit);
    for (const Record& record : *list) {
      const auto files = attachments(vault_, record.id);
      for (const Attachment& file : *files) {
        if (!file.complete) CHECK(remove_attachment(vault_, file.id).has_value());
      }
    }
    tell("?seal " + std::to_string(visit.value));
    CHECK(finalise_as_set_up(vault_, visit).has_value());
    tell("+");
  }

  Vault& vault_;
  std::mt19937_64 random_;
};

}  // namespace

int fill(const std::string& folder, const std::string& key_hex, std::uint64_t seed) {
  const auto opened = open_probe(folder, key_hex);
  Filling(*opened->vault, seed).run();
}

}  // namespace vigil::vault::probe
