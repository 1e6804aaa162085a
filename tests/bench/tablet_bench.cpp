// SPDX-License-Identifier: Apache-2.0
//
// The tablet app with a long checklist open, drawn by SDL's software renderer:
//   tablet_bench FOLDER [QUESTIONS] [MEGABYTES]
// leaves FOLDER/tablet, a vault with the visit and its attachments, for what is measured from
// outside. Nothing here decides pass or fail: it prints.
#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include <SDL2/SDL.h>

#include "app/tablet/state/app.h"
#include "app/ui/host.h"
#include "core/base/check.h"
#include "core/vault/answers.h"
#include "core/vault/attachments.h"
#include "core/vault/forms_store.h"
#include "core/vault/visits.h"
#include "forms/xform/definition.h"
#include "forms/xlsform/convert.h"
#include "platform/posix_files.h"
#include "platform/system_clock.h"

namespace {

using namespace vigil;
using Clock = std::chrono::steady_clock;

constexpr int kWidth = 1920;
constexpr int kHeight = 1200;
constexpr int kChecklists = 13;
constexpr std::string_view kPassphrase = "seven lamps at the river";

double milliseconds_since(Clock::time_point start) {
  return std::chrono::duration<double, std::milli>(Clock::now() - start).count();
}

template <typename T>
T must(Result<T> result) {
  if (!result) {
    std::fprintf(stderr, "%s\n", result.error().message.c_str());
    std::abort();
  }
  return std::move(*result);
}
void must(const Status& status) {
  CHECK(status.has_value());
}

class Figures {
 public:
  void add(double ms) { times_.push_back(ms); }
  // `beside`: what one unit of the comparison takes, in ms.
  void print(const char* name, double beside) {
    std::ranges::sort(times_);
    const auto at = [&](double part) {
      return times_[static_cast<std::size_t>(part * static_cast<double>(times_.size() - 1))];
    };
    std::printf("%-34s %8.2f %8.2f %8.2f %8.2f %7.1f x\n", name, at(0.5), at(0.95), at(0.99),
                times_.back(), at(0.5) / beside);
  }
  [[nodiscard]] double median() {
    std::ranges::sort(times_);
    return times_[times_.size() / 2];
  }

 private:
  std::vector<double> times_;
};

// One page with every kind of question that is common: the worst case for a frame.
void write_form(const std::string& folder, int questions) {
  std::filesystem::create_directories(folder);
  std::ofstream survey(folder + "/survey.csv");
  survey << "type,name,label,hint,vigil::sources\nbegin_group,all,All questions,,\n";
  for (int number = 0; number < questions; ++number) {
    const char* const types[] = {"select_one answer",      "select_one answer", "integer", "text",
                                 "select_multiple answer", "dateTime"};
    survey << types[number % 6] << ",q" << number << ",Question " << number
           << " about what was seen in this place on this day,A hint in a few words,"
           << (number % 6 == 1 ? "staff detainee register" : "") << "\n";
  }
  survey << "end_group,,,,\n";
  std::ofstream(folder + "/choices.csv")
      << "list_name,name,label\nanswer,yes,Yes\nanswer,partly,Partly\nanswer,no,No\n"
         "answer,not_seen,Not seen\nanswer,not_applicable,Not applicable\n";
  std::ofstream(folder + "/settings.csv")
      << "form_title,form_id,version\nA long checklist,long,1\n";
}

void make_tablet(const vault::Host& host, const std::string& folder, int questions,
                 std::uint64_t megabytes) {
  write_form(folder + "/form", questions);
  const auto form = must(forms::convert_xlsform(folder + "/form"));
  const auto vault = must(vault::create_vault(
      host, folder + "/tablet", crypto::SecretBytes::copy_of(as_bytes(kPassphrase)), {}));
  must(vault::install_form(*vault, {"long", "1", "A long checklist", form.xform_xml, {}}));
  const auto visit = must(vault::new_visit(*vault, {"A place", "comprehensive", {}}));
  const auto checklist = must(visit::Checklist::start(*vault, host.clock, visit.id, "long"));
  const Bytes part(1 << 20, 0x5a);
  for (std::uint64_t written = 0; written < megabytes; written += 50) {
    const auto writer =
        must(vault::begin_attachment(*vault, checklist->record(), "/data/all/q3",
                                     std::to_string(written) + ".jpg", "image/jpeg"));
    for (std::uint64_t mb = 0; mb < std::min<std::uint64_t>(50, megabytes - written); ++mb) {
      must(writer->append(part));
    }
    must(writer->commit());
  }
}

// A visit as a team of several days has it: thirteen long checklists, three of four answered.
void make_long_visit(const vault::Host& host, const std::string& folder, int questions) {
  const auto vault = must(vault::open_vault(host, folder + "/tablet",
                                            crypto::SecretBytes::copy_of(as_bytes(kPassphrase))));
  const auto visit = must(vault::new_visit(*vault, {"A large place", "comprehensive", {}}));
  const char* const values[] = {"yes",         "no",         "7",
                                "A few words", "yes partly", "2026-11-22T10:00:00.000+06:00"};
  for (int checklists = 0; checklists < kChecklists; ++checklists) {
    const auto checklist = must(visit::Checklist::start(*vault, host.clock, visit.id, "long"));
    std::vector<vault::Answer> answers;
    for (int number = 0; number < questions * 3 / 4; ++number) {
      const std::string ref = "/data/all/q" + std::to_string(number);
      const std::string value = values[number % 6];
      if (number % 6 != 1) {
        answers.push_back({ref, value});
        continue;
      }
      answers.push_back({ref + "/staff", value});
      answers.push_back({ref + "/detainee", number % 12 == 1 ? "yes" : value});
    }
    must(vault::apply(*vault, checklist->record(), answers));
  }
}

void push_button(std::uint32_t type, ui::Point at) {
  SDL_Event event = {};
  event.type = type;
  event.button.button = SDL_BUTTON_LEFT;
  event.button.x = static_cast<int>(at.x);
  event.button.y = static_cast<int>(at.y);
  SDL_PushEvent(&event);
}

class Screen {
 public:
  Screen(ui::Host& host, tablet::App& app)
      : host_(host), frame_([&app](ui::Kit& kit) { return app.frame(kit); }) {}

  // A turn of Host::run() with what SDL has waiting.
  void turn() {
    host_.take_pending(frame_);
    host_.paint();
  }
  void scroll(float lines) {
    SDL_Event event = {};
    event.type = SDL_MOUSEWHEEL;
    event.wheel.preciseY = lines;
    event.wheel.mouseX = kWidth / 2;
    event.wheel.mouseY = kHeight / 2;
    SDL_PushEvent(&event);
    turn();
  }
  void tap(const ui::Item& item) {
    const ui::Point at = item.visible.centre();
    push_button(SDL_MOUSEBUTTONDOWN, at);
    turn();
    push_button(SDL_MOUSEBUTTONUP, at);
    turn();
  }
  // A choice that can be seen whole and is not chosen, the `number`th; nullptr where there is none.
  [[nodiscard]] const ui::Item* choice(std::size_t number) const {
    std::vector<const ui::Item*> found;
    for (const ui::Item& item : host_.kit().tree().items) {
      const bool whole = item.visible.height >= item.rect.height && item.visible.y > 80;
      if (item.role == ui::Role::kChoice && whole && !item.chosen) found.push_back(&item);
    }
    return found.empty() ? nullptr : found[number % found.size()];
  }

 private:
  ui::Host& host_;
  ui::Frame frame_;
};

double cleared_frame_ms(ui::Host& host) {
  Figures cleared;
  SDL_Renderer* const renderer = host.window().renderer();
  for (int count = 0; count < 100; ++count) {
    const auto start = Clock::now();
    SDL_SetRenderDrawColor(renderer, 246, 245, 242, 255);
    SDL_RenderClear(renderer);
    SDL_RenderPresent(renderer);
    cleared.add(milliseconds_since(start));
  }
  return cleared.median();
}

void measure(const vault::Host& vault_host, const std::string& folder) {
  tablet::AppOptions options;
  options.folder = folder + "/tablet";
  options.language = "en";
  ui::HostOptions host_options;
  host_options.window = {"bench", kWidth, kHeight, true, false};

  auto start = Clock::now();
  const auto host = must(ui::Host::open(host_options, vault_host.clock));
  tablet::App app(vault_host, options);
  Screen screen(*host, app);
  screen.turn();
  const double unlock_screen_ms = milliseconds_since(start);

  const auto passphrase = crypto::SecretBytes::copy_of(as_bytes(kPassphrase));
  start = Clock::now();
  must(app.unlock(passphrase));
  const double opening_ms = milliseconds_since(start);
  screen.turn();
  app.apply(tablet::command::OpenVisit{1}, host->kit());
  screen.turn();
  app.lock(host->kit());
  screen.turn();
  // The derivation alone is what opening twice cannot be without.
  start = Clock::now();
  CHECK(crypto::derive_key(passphrase, crypto::Salt{}, crypto::Argon2Cost{}).has_value());
  const double derivation_ms = milliseconds_since(start);
  start = Clock::now();
  must(app.unlock(passphrase));
  app.restore_position(host->kit());
  screen.turn();
  const double restored_ms = milliseconds_since(start) - derivation_ms;
  CHECK(std::holds_alternative<tablet::ChecklistModel>(app.model().screen));

  const double cleared = cleared_frame_ms(*host);
  Figures frames;
  for (int count = 0; count < 400; ++count) {
    start = Clock::now();
    screen.scroll(count < 200 ? -3.0F : 3.0F);
    frames.add(milliseconds_since(start));
  }
  Figures answers;
  for (std::size_t count = 0; count < 300; ++count) {
    if (count % 10 == 0) screen.scroll(-5.0F);
    const ui::Item* const item = screen.choice(count);
    if (item == nullptr) continue;
    const ui::Point at = item->visible.centre();
    push_button(SDL_MOUSEBUTTONDOWN, at);
    screen.turn();
    push_button(SDL_MOUSEBUTTONUP, at);
    start = Clock::now();
    screen.turn();
    answers.add(milliseconds_since(start));
  }
  std::printf("%-34s %8s %8s %8s %8s   ratio of p50 to a cleared frame (%.2f ms)\n", "ms", "p50",
              "p95", "p99", "max", cleared);
  frames.print("frame while scrolling", cleared);
  answers.print("answer to next frame, durable", cleared);
  std::printf("window to unlock screen            %8.1f ms\n", unlock_screen_ms);
  std::printf("opening, derivation included       %8.1f ms (derivation alone %.1f)\n", opening_ms,
              derivation_ms);
  std::printf("unlock to restored question        %8.1f ms past the derivation\n", restored_ms);
}

// From the tap to the first picture, then until nothing on it changes any more.
void measure_page(tablet::App& app, ui::Host& host, Screen& screen, const char* name,
                  const tablet::Command& command) {
  auto start = Clock::now();
  app.apply(command, host.kit());
  screen.turn();
  const double shown_ms = milliseconds_since(start);
  int frames = 1;
  const auto whole = [&] {
    const auto* const page = std::get_if<tablet::VisitModel>(&app.model().screen);
    return page == nullptr || !page->gathering;
  };
  for (; !whole() && frames < 1000; ++frames) screen.turn();
  std::printf("%-34s %8.1f ms, whole after %.1f ms (%d frames)\n", name, shown_ms,
              milliseconds_since(start), frames);
}

// What the page would take if it opened each checklist for itself.
void measure_from_scratch(const vault::Host& host, const std::string& folder) {
  const auto vault = must(vault::open_vault(host, folder + "/tablet",
                                            crypto::SecretBytes::copy_of(as_bytes(kPassphrase))));
  const auto records = must(vault::records(*vault, vault::VisitId{2}));
  const auto start = Clock::now();
  int answered = 0;
  for (const vault::Record& record : records) {
    answered += must(tablet::view_record(*vault, host.clock, record, "en")).progress.answered;
  }
  std::printf("a visit of %d such checklists, %d answers:\n", kChecklists, answered);
  std::printf("%-34s %8.1f ms\n", "all opened one by one", milliseconds_since(start));
}

void measure_overview(const vault::Host& vault_host, const std::string& folder) {
  tablet::AppOptions options;
  options.folder = folder + "/tablet";
  options.language = "en";
  ui::HostOptions host_options;
  host_options.window = {"bench", kWidth, kHeight, true, false};
  const auto host = must(ui::Host::open(host_options, vault_host.clock));
  tablet::App app(vault_host, options);
  Screen screen(*host, app);
  must(app.unlock(crypto::SecretBytes::copy_of(as_bytes(kPassphrase))));
  screen.turn();
  measure_page(app, *host, screen, "its page, just unlocked", tablet::command::OpenVisit{2});
  measure_page(app, *host, screen, "the review before sealing", tablet::command::ReviewVisit{2});
  measure_page(app, *host, screen, "its page again", tablet::command::OpenVisit{2});
  const auto& page = std::get<tablet::VisitModel>(app.model().screen);
  const std::int64_t record = page.records.at(5).record;
  measure_page(app, *host, screen, "one of its checklists", tablet::command::OpenRecord{record});
  measure_page(app, *host, screen, "back to its page", tablet::command::Back{});
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return 2;
  const std::string folder = argv[1];
  const int questions = argc > 2 ? std::atoi(argv[2]) : 420;
  const auto megabytes = static_cast<std::uint64_t>(argc > 3 ? std::atoi(argv[3]) : 0);
  std::filesystem::create_directories(folder);
  const auto files = platform::posix_files();
  const auto clock = platform::system_clock();
  const vault::Host host{*files, *clock};
  std::printf("%d questions on one page, %dx%d, software renderer, %llu MB attached\n", questions,
              kWidth, kHeight, static_cast<unsigned long long>(megabytes));
  make_tablet(host, folder, questions, megabytes);
  measure(host, folder);
  make_long_visit(host, folder, questions);
  measure_from_scratch(host, folder);
  measure_overview(host, folder);
  return 0;
}
