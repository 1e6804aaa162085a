// SPDX-License-Identifier: Apache-2.0
//
// A monitor types into every kind of field by touch, then the tablet locks: no answer, name,
// passphrase or key byte is left in any writable byte of the process. Before locking all of them
// are found, or the test shows nothing.
#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include <SDL2/SDL.h>
#include <gtest/gtest.h>
#include <sqlite3.h>

#include "app/office/setup.h"
#include "app/tablet/state/app.h"
#include "app/visit/finalise.h"
#include "app/visit/roster_store.h"
#include "core/trust/enrolment.h"
#include "core/vault/forms_store.h"
#include "core/vault/header.h"
#include "core/vault/settings.h"
#include "core/vault/store.h"
#include "core/vault/visits.h"
#include "forms/xlsform/convert.h"
#include "platform/posix_files.h"
#include "platform/process.h"
#include "tests/app/memory/memory_scan.h"
#include "tests/app/tablet/robot.h"
#include "tests/support/run_program.h"

namespace vigil::test {
namespace {

constexpr Masked kPassphrase = "violet tractors hum";
constexpr Masked kPlace = "Zhasyl Bulak station";
constexpr Masked kText = "K-8812";
constexpr Masked kCyrillic = "ШолпанЖ";
constexpr Masked kLines = "he said the window of cell nine was nailed shut";
constexpr Masked kInteger = "70319253";
constexpr Masked kDecimal = "8317.4179";
constexpr Masked kDateDigits = "26031987";
constexpr Masked kDateShown = "26.03.1987";
constexpr Masked kDateStored = "1987-03-26";
constexpr Masked kTimeDigits = "1947";
constexpr Masked kOther = "a cupboard under the stairs";
constexpr Masked kNote = "ask the cook about tuesday";
constexpr Masked kTakenBack = "Ormonov was beaten";
constexpr Masked kCopied = "greenhouse padlock";
constexpr Masked kCell = "cell with two mattresses";
constexpr Masked kCleared = "Qzwxvk";
constexpr Masked kHalfDay = "17081969";
constexpr Masked kLookedFor = "blanket of mister Ormonov";

constexpr const char* kSurvey =
    "type,name,label,relevant,appearance\n"
    "text,short,A word,,\n"
    "text,name,Another word,,\n"
    "text,lines,Lines,,multiline\n"
    "integer,count,How many,,\n"
    "decimal,metres,How much,,\n"
    "date,day,Which day,,\n"
    "time,hour,Which hour,,\n"
    "select_one where or_other,kept,Where kept,,\n"
    "text,taken,Taken back,,\n"
    "text,copied,Copied,,\n"
    "text,cleared,Cleared,,\n"
    "dateTime,moment,Which moment,,\n"
    "image,photo,A photo,,\n"
    "begin repeat,cell,Cell,,\n"
    "text,about,About it,,\n"
    "end repeat,,,,\n";
constexpr const char* kChoices = "list_name,name,label\nwhere,cell,A cell\nwhere,yard,The yard\n";
constexpr const char* kSettings = "form_title,form_id,version\nEverything,everything,1\n";

crypto::SecretBytes passphrase() {
  return crypto::SecretBytes::copy_of(as_bytes(kPassphrase.reveal()));
}

constexpr const char* kFolderSettings[] = {"HOME",           "TMPDIR",          "XDG_DATA_HOME",
                                           "XDG_CACHE_HOME", "XDG_CONFIG_HOME", "XDG_STATE_HOME"};

class LockedMemory : public testing::Test {
 protected:
  LockedMemory() : files_(platform::posix_files()), folder_(temporary_.file("tablet")) {
    ::setenv("VIGIL_DATA", VIGIL_SHARE_DIR, 1);
    for (const char* name : kFolderSettings) ::setenv(name, temporary_.path().c_str(), 1);
    make_vault();
    plan_scan();
  }

  ~LockedMemory() override {
    for (const char* name : kFolderSettings) ::unsetenv(name);
  }

  vault::Host host() { return {*files_, clock_}; }

  void make_vault() {
    temporary_.put("survey.csv", as_bytes(std::string_view(kSurvey)));
    temporary_.put("choices.csv", as_bytes(std::string_view(kChoices)));
    temporary_.put("settings.csv", as_bytes(std::string_view(kSettings)));
    const auto form = forms::convert_xlsform(temporary_.path());
    ASSERT_TRUE(form.has_value()) << form.error().message;
    const auto made = enrol(form->xform_xml);
    ASSERT_TRUE(made.has_value()) << made.error().message;
  }

  // An office of its own, and a tablet that accepted its kit.
  Status enrol(const std::string& xform) {
    const auto words = passphrase();
    VIGIL_ASSIGN(const auto office,
                 vault::create_vault(host(), temporary_.file("office"), words, {}));
    VIGIL_TRY(office::set_up(*office, *files_, {"office", temporary_.file("recovery.age")}, words));
    VIGIL_TRY(vault::install_form(*office, {"everything", "1", "Everything", xform, {}}));
    VIGIL_ASSIGN(const auto tablet, vault::create_vault(host(), folder_, words, {}));
    const auto device = crypto::minisign::SecretKey::generate();
    const crypto::SecretBytes& raw = device.raw();
    VIGIL_TRY(vault::put_secret(*tablet, vault::kDeviceKeySecret, raw.view()));
    scan_.look_for_bytes("device key", raw.view().subspan(8, 32));
    VIGIL_ASSIGN(const auto request, trust::read_request(trust::write_request(device, "tablet-1")));
    VIGIL_ASSIGN(const auto roster, office::approve(*office, *files_, request));
    VIGIL_ASSIGN(const auto root, visit::pinned_root(*office));
    VIGIL_ASSIGN(const auto archive, office::make_kit(*office, *files_));
    VIGIL_ASSIGN(const auto kit, trust::read_kit(archive, root));
    VIGIL_ASSIGN(const auto accepted, visit::accept_kit(*tablet, archive, kit));
    return allow_panic(*office, *tablet);
  }

  static Status allow_panic(vault::Vault& office, vault::Vault& tablet) {
    VIGIL_ASSIGN(auto current, visit::current_roster(office));
    ++current.roster.version;
    current.roster.policy.panic_allowed = true;
    VIGIL_ASSIGN(const auto raw, vault::get_secret(office, vault::kRootKeySecret));
    VIGIL_ASSIGN(const auto root, crypto::minisign::SecretKey::from_raw(raw.view()));
    VIGIL_ASSIGN(const auto signed_roster, trust::sign_roster(current.roster, root));
    return vault::put_settings(
        tablet, {{vault::kRosterSetting, as_bytes(signed_roster.roster_json)},
                 {vault::kRosterSignatureSetting, as_bytes(signed_roster.signature_file)}});
  }

  void plan_scan() {
    const auto header = vault::read_header(*files_, folder_);
    ASSERT_TRUE(header.has_value());
    const auto unlocked = vault::unlock_header(*header, passphrase());
    ASSERT_TRUE(unlocked.has_value());
    scan_.look_for_bytes("vault key", unlocked->key.view());
    scan_.look_for_text("passphrase", kPassphrase.reveal());
  }

  template <std::size_t kSize>
  void plant(const char* name, const Masked<kSize>& word) {
    scan_.look_for_text(name, word.reveal());
  }

  void plant_all() {
    plant("place", kPlace);
    plant("text", kText);
    plant("text in Cyrillic", kCyrillic);
    plant("lines", kLines);
    plant("integer", kInteger);
    plant("decimal", kDecimal);
    plant("date", kDateStored);
    plant("date as shown", kDateShown);
    plant("other", kOther);
    plant("note", kNote);
    plant("taken back", kTakenBack);
    plant("copied", kCopied);
    plant("repeat", kCell);
    plant("looked for", kLookedFor);
    plant("unfinished", kHalfDay);
  }

  [[gnu::noinline]] void plant_cleared() { plant("cleared", kCleared); }

  // Every file below the test's folder, which is home and temporary folder too.
  std::string bytes_on_disk() {
    std::string all;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(temporary_.path())) {
      if (!entry.is_regular_file()) continue;
      all += entry.path().string();
      all += as_text(read_file(entry.path().string()));
    }
    return all;
  }

  // Every page of the tablet's database as somebody with the key sees it.
  static std::string decrypted_pages(vault::Vault& vault) {
    sqlite3_int64 size = 0;
    unsigned char* const image =
        sqlite3_serialize((*vault.store())->database.handle(), "main", &size, 0);
    std::string pages(reinterpret_cast<const char*>(image), static_cast<std::size_t>(size));
    sqlite3_free(image);
    return pages;
  }

  HandClock clock_;
  TemporaryFolder temporary_;
  std::unique_ptr<Files> files_;
  std::string folder_;
  MemoryScan scan_;
};

class Monitor {
 public:
  Monitor(vault::Host host, HandClock& clock, const std::string& folder)
      : app_(host, options(folder)),
        robot_(clock, [this](ui::Kit& kit) { return app_.frame(kit); }) {}

  static tablet::AppOptions options(const std::string& folder) {
    tablet::AppOptions options;
    options.folder = folder;
    options.language = "en";
    return options;
  }

  void unlock() {
    robot_.tap("unlock.passphrase");
    robot_.type(kPassphrase.reveal());
    robot_.tap("unlock.open");
    settle();
  }

  // Until no worker has the vault any more.
  void settle() {
    while (app_.busy()) {
      SDL_Delay(2);
      robot_.rest(2);
    }
    robot_.rest();
  }

  void start_visit() {
    robot_.tap("visits.new");
    type_into("new.place", kPlace.reveal());
    robot_.tap("new.kind.comprehensive");
    robot_.tap("new.form.everything");
    robot_.tap("new.start");
  }

  void type_into(std::string_view key, const std::string& text) {
    robot_.tap(key);
    robot_.type(text);
    robot_.rest(1000);
  }

  void key_in(const std::string& key, const std::string& digits) {
    robot_.tap(key);
    for (const char digit : digits) {
      robot_.type(std::string(1, digit));
    }
    robot_.rest(1000);
  }

  void fill() {
    type_into("q./data/short", kText.reveal());
    type_into("q./data/name", kCyrillic.reveal());
    type_into("q./data/lines", kLines.reveal());
    key_in("q./data/count", kInteger.reveal());
    key_in("q./data/metres", kDecimal.reveal());
    key_in("q./data/day.date", kDateDigits.reveal());
    key_in("q./data/hour.time", kTimeDigits.reveal());
    key_in("q./data/moment.date", kHalfDay.reveal());
    robot_.tap("q./data/kept.other");
    type_into("q./data/kept_other", kOther.reveal());
    robot_.tap("q./data/short.note");
    type_into("q./data/short.note-text", kNote.reveal());
    // Taken back letter by letter and by undo.
    type_into("q./data/taken", kTakenBack.reveal());
    for (int i = 0; i < 5; ++i) robot_.press_key(SDLK_BACKSPACE);
    robot_.rest(1000);
    type_into("q./data/copied", kCopied.reveal());
    SDL_Event copy = {};
    for (const int key : {SDLK_a, SDLK_c}) {
      copy.type = SDL_KEYDOWN;
      copy.key.keysym.sym = key;
      copy.key.keysym.mod = KMOD_CTRL;
      SDL_PushEvent(&copy);
      robot_.rest();
    }
    robot_.tap("section.cell");
    robot_.tap("add./data/cell");
    type_into("q./data/cell[1]/about", kCell.reveal());
    type_into("rail.search", kLookedFor.reveal());
  }

  // Shorter than what a string keeps outside of itself; the toast has it for a few seconds. Not
  // inlined: what it leaves on the stack is the test's.
  [[gnu::noinline]] void clear_a_short_answer() {
    type_into("q./data/cleared", kCleared.reveal());
    for (int i = 0; i < 6; ++i) robot_.press_key(SDLK_BACKSPACE);
    robot_.rest(1000);
  }

  tablet::App& app() { return app_; }
  Robot& robot() { return robot_; }

 private:
  tablet::App app_;
  Robot robot_;
};

TEST_F(LockedMemory, HoldsNothingThatWasTyped) {
  if (kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  plant_all();
  Monitor monitor(host(), clock_, folder_);
  monitor.unlock();
  ASSERT_FALSE(monitor.app().locked());
  monitor.start_visit();
  monitor.fill();
  std::vector<std::string> before = scan_.names_found();
  const std::size_t bytes = scan_.scanned_bytes();
  for (const std::string& name : scan_.names()) {
    // None of them is in memory longer than it takes to use it.
    if (name == "passphrase" || name == "device key" || name == "taken back") continue;
    EXPECT_NE(std::ranges::find(before, name), before.end()) << name << " is not found unlocked";
  }
  EXPECT_EQ(std::ranges::find(before, "passphrase"), before.end());

  const auto start = std::chrono::steady_clock::now();
  monitor.robot().tap("top.lock");
  const auto took = std::chrono::steady_clock::now() - start;
  ASSERT_TRUE(monitor.app().locked());
  const std::vector<std::string> after = scan_.found();
  EXPECT_TRUE(after.empty()) << testing::PrintToString(after);
  std::printf("%zu MiB looked through before, %zu MiB after; locking took %.1f ms\n", bytes >> 20,
              scan_.scanned_bytes() >> 20, std::chrono::duration<double, std::milli>(took).count());
}

TEST_F(LockedMemory, ForgetsAShortAnswerThatWasClearedJustBefore) {
  if (kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  plant_cleared();
  Monitor monitor(host(), clock_, folder_);
  monitor.unlock();
  monitor.start_visit();
  monitor.clear_a_short_answer();
  const auto before = scan_.names_found();
  EXPECT_NE(std::ranges::find(before, "cleared"), before.end()) << "it can be taken back";
  monitor.robot().tap("top.lock");
  ASSERT_TRUE(monitor.app().locked());
  EXPECT_TRUE(scan_.found().empty()) << testing::PrintToString(scan_.found());
}

TEST_F(LockedMemory, PanicErasesAndForgets) {
  if (kKeepsFreedMemory) GTEST_SKIP() << "sanitizers keep what is freed";
  plant_all();
  Monitor monitor(host(), clock_, folder_);
  monitor.unlock();
  monitor.start_visit();
  monitor.fill();
  const auto start = std::chrono::steady_clock::now();
  monitor.app().apply(tablet::command::Panic{}, monitor.robot().host().kit());
  const auto took = std::chrono::steady_clock::now() - start;
  monitor.robot().rest();
  EXPECT_FALSE(vault::vault_exists(host(), folder_));
  EXPECT_TRUE(monitor.app().locked());
  EXPECT_TRUE(monitor.robot().sees("hidden")) << monitor.robot().tree().print();
  const std::vector<std::string> after = scan_.found();
  EXPECT_TRUE(after.empty()) << testing::PrintToString(after);
  std::printf("erasing took %.1f ms\n", std::chrono::duration<double, std::milli>(took).count());
}

// Every type of field again, sealed: no byte of a file holds a word, nor any page of the database
// for who has the key. Before sealing the pages do, or the test shows nothing.
TEST_F(LockedMemory, SealedLeavesNoWordOnDiskOrInAPage) {
  plant_all();
  {
    Monitor monitor(host(), clock_, folder_);
    monitor.unlock();
    monitor.start_visit();
    monitor.fill();
    monitor.robot().tap("top.lock");
    ASSERT_TRUE(monitor.app().locked());
  }
  EXPECT_TRUE(scan_.names_in(bytes_on_disk()).empty()) << "a locked draft";
  auto vault = vault::open_vault(host(), folder_, passphrase());
  ASSERT_TRUE(vault.has_value());
  const auto draft = scan_.names_in(decrypted_pages(**vault));
  for (const char* name : {"place", "text", "text in Cyrillic", "lines", "integer", "decimal",
                           "date", "other", "note", "copied", "repeat", "unfinished"}) {
    EXPECT_NE(std::ranges::find(draft, name), draft.end()) << name << " is not in the draft";
  }
  EXPECT_EQ(std::ranges::find(draft, "taken back"), draft.end()) << "superseded, so not kept";
  const auto visits = vault::visits(**vault);
  ASSERT_EQ(visits->size(), 1u);
  const auto sealed = visit::finalise_visit(**vault, clock_, visits->front().id, {.missing = true});
  ASSERT_TRUE(sealed.has_value()) << sealed.error().message;
  // The device's key and nothing else that was looked for.
  EXPECT_EQ(scan_.names_in(decrypted_pages(**vault)), std::vector<std::string>{"device key"});
  (*vault)->lock();
  EXPECT_TRUE(scan_.names_in(bytes_on_disk()).empty())
      << testing::PrintToString(scan_.names_in(bytes_on_disk()));
}

}  // namespace
}  // namespace vigil::test
