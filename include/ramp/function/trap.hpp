// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>
#include <utility>

#include <ramp/backend/text/program.hpp>
#include <ramp/core/message.hpp>
#include <ramp/core/result.hpp>
#include <ramp/function/source.hpp>

namespace ramp {
namespace detail {

/// The place of each trap of a program as text.
template <class Source>
struct trap_places {
  static constexpr auto const& program = program_of<Source>;
  static constexpr auto sites = std::make_index_sequence<program.traps.size()>{};
  using numbers_are = backend::printed_graph::numbers_are;

  static constexpr void write(std::size_t site, numbers_are how, double const* numbers,
                              backend::text_sink& sink) {
    std::array<pass::root, 1> const root{{{program.traps[site].place}}};
    backend::printed_graph const g{.nodes = program.nodes,
                                   .arguments = program.arguments,
                                   .roots = root,
                                   .sums = program.means,
                                   .numbers = how,
                                   .values = numbers};
    std::array<backend::label, program.nodes.size()> labels{};
    labels.fill({});  // g++ 12 has left default member initialisers out of most of the array
    backend::find_labels(g, labels);
    backend::write_program(g, labels, sink);
  }

  /// Room for the text of one place: measured one by one, for the sake of compilers that limit the
  /// steps of a constant.
  template <std::size_t Site>
  static constexpr std::size_t room = [] {
    backend::text_sink sink;
    write(Site, numbers_are::blanks, nullptr, sink);
    return sink.size() + 1;  // a comma
  }();
  static constexpr std::size_t capacity = []<std::size_t... I>(std::index_sequence<I...>) {
    std::size_t most = 0;
    ((most = room<I> > most ? room<I> : most), ...);
    return most;
  }(sites);

  /// On one line: definitions of parts follow after a comma.
  static constexpr fixed_text<capacity> text(std::size_t site, numbers_are how,
                                             double const* numbers) {
    std::array<char, capacity> written{};
    backend::text_sink sink(written.data());
    write(site, how, numbers, sink);
    fixed_text<capacity> line;
    backend::on_one_line({written.data(), sink.size()},
                         [&](std::string_view piece) { line.append(piece); });
    return line;
  }

  /// Texts that outlive every error.
  template <std::size_t Site>
  static constexpr auto name = text(Site, numbers_are::names, nullptr);
  static constexpr auto names = []<std::size_t... I>(std::index_sequence<I...>) {
    return std::array<std::string_view, sizeof...(I)>{name<I>.view()...};
  }(sites);
};

/// Counters; no memory where there are none.
template <std::size_t Count>
struct hit_counts {
  std::array<std::uint64_t, Count> at{};
};
template <>
struct hit_counts<0> {
  static constexpr std::array<std::uint64_t, 0> at{};
};

/// Raw numbers that the places of a program may show.
template <class Source>
constexpr int count_shown_numbers() {
  if constexpr (requires { Source::literal_count; }) return Source::literal_count;
  else return 0;
}

}  // namespace detail

/// One place of a program, and how often it was hit.
template <class Source>
class trap_hit {
 public:
  static constexpr int number_count = detail::count_shown_numbers<Source>();

  trap_kind kind;       ///< a kink, or no finite value or derivative
  int uses;             ///< how often the function reads the operation
  std::uint64_t count;  ///< elements of all calls and samples that hit it

  constexpr trap_hit(std::size_t site, std::uint64_t hits, detail::numbers<number_count> numbers)
      : kind(detail::program_of<Source>.traps[site].kind),
        uses(detail::program_of<Source>.traps[site].uses),
        count(hits),
        site_(site),
        numbers_(numbers) {}

  /// The operation as `text` would print it, on one line: `relu(x - 1)`. An operation that is used
  /// several times, or written in several ways that are one after rewriting, has one text.
  /// Returns: a fixed_text, which converts to std::string_view. Allocation: none. Cost: linear in
  /// what the operation is computed from.
  [[nodiscard]] constexpr auto place() const {
    using places = detail::trap_places<Source>;
    using numbers_are = typename places::numbers_are;
    if constexpr (number_count > 0)
      return places::text(site_, numbers_are::values, numbers_.at.data());
    else return places::text(site_, numbers_are::names, nullptr);
  }

 private:
  std::size_t site_;
  [[no_unique_address]] detail::numbers<number_count> numbers_;
};

/// How often a program hit the kinks and the ends of domains that its `trap` policies watch. Calls
/// add to it, until `clear()`. A range of the places that were hit:
///
///     constexpr auto g = compile(f, df, trap);
///     decltype(g)::traps traps;
///     auto [value, slope] = g(traps, x = 0.0);
///     for (auto const& hit : traps) std::cout << hit.place().view() << ": " << hit.count << '\n';
///
/// Counted are, element by element and sample by sample, the operations of all functions that the
/// program computes or differentiates, and whose policy is a trap:
///   kinks     where the operation has no derivative and its policy chooses one: relu at 0, max at
///             a tie. Not where no derivative could flow: in the condition of `where`, in a
///             comparison, under `stop_gradient`
///   domains   where an operation has no finite value or derivative: log(x) at x <= 0, sqrt(x) at
///             x <= 0, a / b at b = 0. Its value is what IEEE says. A NaN that comes in is not
///             counted again
/// Neither is in a branch that `where` does not take. Kinks that rewriting removes are none. In a
/// training step what update rules compute is not watched. Memory: 8 bytes a place.
template <class Source>
class trap_counters {
 public:
  using value_type = trap_hit<Source>;

  /// How many places are watched.
  static constexpr std::size_t size() { return detail::program_of<Source>.traps.size(); }
  /// The i-th of them, hit or not, in the order in which they were written.
  [[nodiscard]] constexpr value_type operator[](std::size_t i) const {
    return {i, counts_.at[i], numbers_};
  }

  /// All hits together.
  [[nodiscard]] constexpr std::uint64_t total() const {
    std::uint64_t sum = 0;
    for (std::uint64_t c : counts_.at) sum += c;
    return sum;
  }
  constexpr void clear() { counts_ = {}; }

  struct end_of_hits {};
  class iterator {
   public:
    constexpr iterator(trap_counters const& owner, std::size_t first) : owner_(&owner), i_(first) {
      skip();
    }
    [[nodiscard]] constexpr value_type operator*() const { return (*owner_)[i_]; }
    constexpr iterator& operator++() {
      ++i_;
      skip();
      return *this;
    }
    friend constexpr bool operator==(iterator const& a, end_of_hits) { return a.i_ == size(); }

   private:
    constexpr void skip() {
      while (i_ < size() && owner_->counts_.at[i_] == 0) ++i_;
    }
    trap_counters const* owner_;
    std::size_t i_;
  };
  [[nodiscard]] constexpr iterator begin() const { return {*this, 0}; }
  [[nodiscard]] static constexpr end_of_hits end() { return {}; }

  // what calls do

  constexpr void add([[maybe_unused]] std::size_t place, [[maybe_unused]] std::uint64_t hits) {
    if constexpr (size() > 0) counts_.at[place] += hits;
  }
  constexpr void set_numbers(detail::numbers<value_type::number_count> const& numbers) {
    numbers_ = numbers;
  }

 private:
  [[no_unique_address]] detail::hit_counts<size()> counts_{};
  [[no_unique_address]] detail::numbers<value_type::number_count> numbers_{};
};

namespace detail {

/// Whether some trap of a program stops it, and whether some only counts.
template <class Source>
inline constexpr bool stops_at_traps = [] {
  bool any = false;
  for (pass::trap_site const& s : program_of<Source>.traps) any = any || s.stops;
  return any;
}();
template <class Source>
inline constexpr bool counts_traps = [] {
  bool any = false;
  for (pass::trap_site const& s : program_of<Source>.traps) any = any || !s.stops;
  return any;
}();

template <class Source>
constexpr auto require_no_counters() {
  constexpr bool counts_nothing = !counts_traps<Source>;
  static_assert(counts_nothing,
                "ramp: a training step or prediction with trap counts in a work space of the "
                "caller: decltype(step)::workspace work; step(model, work, ...), then "
                "work.traps(). With trap_and_stop it needs none");
}

/// The error of a trap that stops.
template <class Source>
constexpr error stopped_at(std::size_t site, std::size_t sample = no_position) {
  bool const kink = program_of<Source>.traps[site].kind == trap_kind::kink;
  return {.kind = kink ? error_kind::kink_hit : error_kind::outside_domain,
          .name = trap_places<Source>::names[site],
          .sample = sample};
}

}  // namespace detail
}  // namespace ramp
