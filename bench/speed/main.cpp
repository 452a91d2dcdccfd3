// SPDX-License-Identifier: BSL-1.0
//
// Times a training step of every contestant on every case, in random order on one core, and prints
// their medians side by side. Nothing is timed before its loss has been found right.
#include "allocations.hpp"
#include "contestant.hpp"
#include "plain.hpp"
#include "problems.hpp"
#include "report.hpp"

#include <benchmark/benchmark.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <vector>

namespace {

using namespace bench;

struct entrant {
  std::string contestant;
  problem const* task;
  std::unique_ptr<trainer> model;
  long allocations = 0;                   // by its steps so far
  std::vector<double> microseconds = {};  // one for each repetition

  float train(int steps, float learning_rate) {
    long const before = heap_allocations();
    float const loss = model->train(steps, learning_rate);
    allocations += heap_allocations() - before;
    return loss;
  }
};

/// The losses before the first and the last of `steps` steps agree with the textbook's.
bool learns_what_it_should(entrant& e) {
  constexpr float learning_rate = 0.1f;
  // The textbook's way takes seconds for a hundred steps on the tenfold batches.
  int const steps = e.task->tiles == 1 ? 100 : 10;
  plain_trainer plain(*e.task);
  double const first = plain.step(double{learning_rate});
  double last = first;
  for (int i = 1; i < steps; ++i) last = plain.step(double{learning_rate});

  double const its_first = double{e.train(1, learning_rate)};
  double const its_last = double{e.train(steps - 1, learning_rate)};
  auto const agree = [](double a, double b) {
    return std::abs(a - b) <= 1e-4 * (1.0 + std::abs(b));
  };
  if (agree(its_first, first) && agree(its_last, last)) return true;
  std::fprintf(stderr,
               "%s, %s, %d samples: the loss is %.6f at first and %.6f after %d steps, "
               "and should be %.6f and %.6f\n",
               e.task->name.data(), e.contestant.c_str(), e.task->batch, its_first, its_last, steps,
               first, last);
  return false;
}

/// Enough steps to a call, about ten microseconds, that calls and counting vanish beside them.
int steps_per_call(problem const& p) {
  if (p.name == "m1") return 200;
  if (p.name == "m2") return 20;
  return p.name == "m3" ? 4 : 1;
}

void time_steps(benchmark::State& state, entrant& e) {
  // Small, so that hours of training neither change the work nor end in subnormal gradients.
  constexpr float learning_rate = 1e-6f;
  int const steps = steps_per_call(*e.task);
  while (state.KeepRunningBatch(steps)) benchmark::DoNotOptimize(e.train(steps, learning_rate));
}

/// Collects the repetitions of each benchmark; their names are indices of entrants.
class collector final : public benchmark::BenchmarkReporter {
 public:
  explicit collector(std::vector<entrant>& entrants) : entrants_{entrants} {}

  bool ReportContext(Context const&) override { return true; }

  void ReportRuns(std::vector<Run> const& runs) override {
    for (auto const& run : runs) {
      if (run.run_type != Run::RT_Iteration) continue;
      // Processor time, not the clock on the wall: another process may have had the core.
      auto const index = std::stoul(run.run_name.function_name);
      entrants_[index].microseconds.push_back(run.GetAdjustedCPUTime());
    }
  }

 private:
  std::vector<entrant>& entrants_;
};

double median(std::vector<double> values) {
  auto const middle = values.begin() + static_cast<std::ptrdiff_t>(values.size() / 2);
  std::nth_element(values.begin(), middle, values.end());
  return *middle;
}

struct options {
  std::string compiler = __VERSION__;
  std::string json_lines;  // a file
  std::string only;        // a case
  bool header = true;
  bool check = false;  // losses only
};

/// Takes our options out of argv and leaves Google Benchmark's.
options parse(int& argc, char** argv) {
  options o;
  int kept = 1;
  for (int i = 1; i < argc; ++i) {
    std::string const argument = argv[i];
    if (argument.starts_with("--compiler="))
      o.compiler = argument.substr(11);
    else if (argument.starts_with("--json-lines="))
      o.json_lines = argument.substr(13);
    else if (argument.starts_with("--case="))
      o.only = argument.substr(7);
    else if (argument == "--no-header")
      o.header = false;
    else if (argument == "--check")
      o.check = true;
    else
      argv[kept++] = argv[i];
  }
  argc = kept;
  return o;
}

}  // namespace

int main(int argc, char** argv) {
  // Peers read these when they load; one core is what is compared.
  if (!std::getenv("OPENBLAS_NUM_THREADS") || !std::getenv("OMP_NUM_THREADS")) {
    std::fprintf(stderr, "set OPENBLAS_NUM_THREADS=1 and OMP_NUM_THREADS=1 (bench/run does)\n");
    return 2;
  }
  options const o = parse(argc, argv);

  std::vector<std::string> arguments(argv, argv + argc);
  arguments.insert(arguments.begin() + 1,
                   {"--benchmark_enable_random_interleaving=true", "--benchmark_repetitions=15",
                    "--benchmark_min_time=0.02"});
  std::vector<char*> pointers;
  for (auto& a : arguments) pointers.push_back(a.data());
  int count = static_cast<int>(pointers.size());
  benchmark::SetDefaultTimeUnit(benchmark::kMicrosecond);
  benchmark::Initialize(&count, pointers.data());
  if (benchmark::ReportUnrecognizedArguments(count, pointers.data())) return 2;

  if (!heap_allocations_are_counted()) {
    std::fprintf(stderr, "heap allocations cannot be counted with this C library\n");
    return 1;
  }

  std::vector<problem> problems = make_problems(1);
  for (auto& p : make_problems(10)) problems.push_back(std::move(p));
  std::erase_if(problems, [&](problem const& p) { return !o.only.empty() && p.name != o.only; });

  std::vector<std::string> peers;
  std::vector<entrant> entrants;
  for (auto const& c : contestants()) {
    bool const peer = c.name != "ramp" && c.name != "hand-written";
    if (peer) peers.push_back(c.name);
    for (auto const& p : problems)
      if (!peer || p.tiles == 1)
        if (auto model = c.make(p)) entrants.push_back({c.name, &p, std::move(model)});
  }
  std::sort(peers.begin(), peers.end());

  bool right = true;
  for (auto& e : entrants) right = learns_what_it_should(e) && right;
  if (!right || o.check) return right ? 0 : 1;

  for (std::size_t i = 0; i < entrants.size(); ++i)
    benchmark::RegisterBenchmark(std::to_string(i).c_str(),
                                 [&e = entrants[i]](benchmark::State& s) { time_steps(s, e); });
  collector reporter(entrants);
  benchmark::RunSpecifiedBenchmarks(&reporter);

  std::vector<case_figures> cases;
  for (auto const& p : problems)
    if (p.tiles == 1) cases.push_back({std::string(p.name), {}, {}});
  for (auto const& e : entrants)
    for (auto& c : cases)
      if (c.name == e.task->name)
        (e.task->tiles == 1 ? c.one_tile : c.ten_tiles)[e.contestant] = {median(e.microseconds),
                                                                         e.allocations};

  print_table(stdout, cases, o.compiler, peers, o.header);
  if (!o.json_lines.empty()) {
    std::FILE* const file = std::fopen(o.json_lines.c_str(), "w");
    if (!file) {
      std::perror(o.json_lines.c_str());
      return 1;
    }
    print_json(file, cases, o.compiler, peers);
    std::fclose(file);
  }
}
