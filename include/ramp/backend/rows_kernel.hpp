// SPDX-License-Identifier: BSL-1.0
#pragma once

#include <array>
#include <cstddef>

#include <ramp/backend/access.hpp>

namespace ramp::backend {
inline namespace RAMP_ISA {

/// What a rows kernel computes when, and which values it keeps. Indexed by position in the kernel.
template <int Members, int Phases>
struct rows_schedule {
  static constexpr auto members = static_cast<std::size_t>(Members);
  using flags = std::array<bool, members>;

  std::array<flags, static_cast<std::size_t>(Phases)> computed{};  // elements, in each phase
  std::array<bool, static_cast<std::size_t>(Phases)> walks_rows{};
  std::array<int, members> kept{};   // slot of an element that is kept for later phases; -1: none
  std::array<int, members> total{};  // slot of a lane fold and of what is computed from it; -1
  flags has_rows{};    // a value for each row
  flags folds_rows{};  // a fold over something that differs from row to row
  int kept_count = 0;
  int total_count = 0;
};

/// Works backwards from what each phase has to deliver. An element that several phases need is
/// computed again in each of them unless that is costly; then it is kept. Linear in members times
/// phases.
template <class P, int K>
constexpr auto schedule_rows() {
  constexpr kernel const& q = kernel_of<P>(K);
  rows_schedule<q.count, q.phases> s;
  for (std::size_t i = 0; i < s.members; ++i) {
    int const n = P::plan.member(K, static_cast<int>(i));
    placement const& p = place_of<P>(n);
    for (int d = 0; d < node_of<P>(n).iteration.rank; ++d)
      if (p.place[d] == 0) (d < node_of<P>(n).rank ? s.has_rows : s.folds_rows)[i] = true;
    s.folds_rows[i] = s.folds_rows[i] || (p.part == role::lane_fold && s.has_rows[i]);
    s.kept[i] = -1;
    s.total[i] = p.part == role::lane_fold || p.part == role::post ? s.total_count++ : -1;
  }
  for (int phase = q.phases - 1; phase >= 0; --phase) {
    auto const f = static_cast<std::size_t>(phase);
    typename decltype(s)::flags needed{};
    for (std::size_t i = s.members; i-- > 0;) {
      int const n = P::plan.member(K, static_cast<int>(i));
      placement const& p = place_of<P>(n);
      bool const home = p.phase == phase;
      if (p.part == role::element) {
        bool const stored = p.at.where == memory::arena || p.at.where == memory::state;
        if (!needed[i] && !(home && (stored || s.kept[i] >= 0))) continue;
        // once a kernel has written to the state, what it read there may be gone
        if (!home && (q.updates || op::is_costly(node_of<P>(n).operation))) {
          if (s.kept[i] < 0) s.kept[i] = s.kept_count++;
          continue;
        }
        s.computed[f][i] = true;
        s.walks_rows[f] = true;
      } else if (!home || p.part == role::post) {
        continue;
      } else if (p.part != role::lane && s.folds_rows[i]) {
        s.walks_rows[f] = true;
      }
      for (int o = 0; o < node_of<P>(n).arity; ++o) {
        placement const& source = place_of<P>(operand_of<P>(n, o));
        if (source.kernel == K) needed[static_cast<std::size_t>(source.local)] = true;
      }
    }
  }
  return s;
}

/// Elementwise operations and sums over a space of rows and lanes. The outer loop takes a few packs
/// of lanes at a time; each phase runs over all rows, up to a fold over the rows that the next one
/// needs. Softmax and its loss are three phases with the batch along the lanes, so that neither
/// the maximum nor the sum is a horizontal operation. Cost: rows * lanes times the members.
template <class P, int K>
struct rows_kernel {
  using T = value_type<P>;
  using V = pack_type<P>;
  static constexpr kernel q = kernel_of<P>(K);
  static constexpr int rows = q.extent[0];
  static constexpr int lanes = q.extent[1];
  static constexpr auto schedule = schedule_rows<P, K>();

  /// Packs of lanes that go through each phase one after the other. What a phase leads to, such as
  /// the logarithm of a sum, is a long chain; the processor looks far enough ahead to overlap the
  /// chains of several packs only if they follow each other. Many rows keep it busy by themselves,
  /// and would take much room.
  static constexpr int together = q.phases > 1 && rows <= 16 ? 4 : 1;

  /// Of one pack of lanes.
  struct lane_values {
    V value[static_cast<std::size_t>(q.count)];  // lanes and row folds
    V kept[static_cast<std::size_t>(schedule.kept_count + 1)][rows];
  };
  /// Of all lanes, lane by lane of a pack.
  struct totals {
    V fold[static_cast<std::size_t>(schedule.total_count + 1)][rows];
  };

  RAMP_ALWAYS_INLINE static void run(context<T> const& c) {
    totals total;
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      if constexpr (part<I> == role::lane_fold)
        for (int row = 0; row < results<I>; ++row)
          total.fold[schedule.total[I]][row] = identity<I>();
    });
    for (int lane = 0; lane < lanes; lane += together * V::size) {
      lane_values v[together];
      int const left = (lanes - lane - 1) / V::size + 1;
      int const packs = left < together ? left : together;
      unroll<q.phases>([&]<int Phase>() RAMP_LAMBDA_INLINE {
        for (int i = 0; i < packs; ++i) run_phase<Phase>(c, v[i], total, lane + i * V::size);
      });
    }
    if constexpr (schedule.total_count > 0) finish(c, total);
  }

 private:
  template <int I>
  static constexpr int node_at = P::plan.member(K, I);
  template <int I>
  static constexpr role part = place_of<P>(node_at<I>).part;
  template <int I>
  static constexpr int results = schedule.has_rows[I] ? rows : 1;
  template <int I>
  using operation = op::operation_at<node_of<P>(node_at<I>).operation>;

  template <int I>
  RAMP_ALWAYS_INLINE static V identity() {
    return V(operation<I>::template identity<T>);
  }

  /// Operands of the members at one row of a phase.
  template <int Phase>
  struct operands {
    context<T> const& c;
    lane_values const& v;
    V const* element;  // of this row
    int row, lane;

    template <int N, int O>
    RAMP_ALWAYS_INLINE V get() const {
      constexpr int source = operand_of<P>(N, O);
      constexpr placement const& p = place_of<P>(source);
      if constexpr (p.kernel != K) return load<P, N, O, V>(c, row, lane);
      else if constexpr (p.part != role::element) return v.value[p.local];
      else if constexpr (schedule.computed[Phase][p.local]) return element[p.local];
      else return v.kept[schedule.kept[p.local]][row];
    }
  };

  template <int Phase>
  RAMP_ALWAYS_INLINE static void run_phase(context<T> const& c, lane_values& v, totals& total,
                                           int lane) {
    V fold[static_cast<std::size_t>(q.count)];  // over rows, in registers, which v is not
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = node_at<I>;
      if constexpr (place_of<P>(n).phase == Phase) {
        operands<Phase> const x{c, v, nullptr, 0, lane};
        if constexpr (part<I> == role::lane) {
          v.value[I] = compute<P, n, V>(x);
          store<P, n>(c, v.value[I], 0, lane);
        } else if constexpr (part<I> == role::row_fold) {
          fold[I] = identity<I>();
        } else if constexpr (part<I> == role::lane_fold && !schedule.folds_rows[I]) {
          fold_lanes<I>(total, 0, x.template get<n, 0>(), lane);
        }
      }
    });
    if constexpr (schedule.walks_rows[Phase]) {
      if constexpr (rows <= 4) {  // then the rows, which do not wait for each other, overlap
        RAMP_UNROLL(4)
        for (int row = 0; row < rows; ++row) run_row<Phase>(c, v, fold, total, row, lane);
      } else {
        for (int row = 0; row < rows; ++row) run_row<Phase>(c, v, fold, total, row, lane);
      }
    }
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      if constexpr (place_of<P>(node_at<I>).phase == Phase && part<I> == role::row_fold) {
        v.value[I] = fold[I];
        carry<P, node_at<I>>(c, v.value[I], 0, lane);
        store<P, node_at<I>>(c, v.value[I], 0, lane);
      }
    });
  }

  template <int Phase>
  RAMP_ALWAYS_INLINE static void run_row(context<T> const& c, lane_values& v, V* fold,
                                         totals& total, int row, int lane) {
    V element[static_cast<std::size_t>(q.count)];
    operands<Phase> const x{c, v, element, row, lane};
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = node_at<I>;
      constexpr bool home = place_of<P>(n).phase == Phase;
      if constexpr (schedule.computed[Phase][I]) {
        element[I] = compute<P, n, V>(x);
        if constexpr (home && schedule.kept[I] >= 0) v.kept[schedule.kept[I]][row] = element[I];
        if constexpr (home) store<P, n>(c, element[I], row, lane);
      } else if constexpr (home && part<I> == role::row_fold) {
        fold[I] = operation<I>::fold(fold[I], x.template get<n, 0>());
      } else if constexpr (home && part<I> == role::lane_fold && schedule.folds_rows[I]) {
        fold_lanes<I>(total, schedule.has_rows[I] ? row : 0, x.template get<n, 0>(), lane);
      }
    });
  }

  /// Lanes past the end hold whatever the padding held: they must not enter a sum.
  template <int I>
  RAMP_ALWAYS_INLINE static void fold_lanes(totals& total, int row, V x, int lane) {
    if constexpr (lanes % V::size != 0) {
      if (lane + V::size > lanes)
        x = select(V::iota() < V(static_cast<T>(lanes - lane)), x, identity<I>());
    }
    V& sum = total.fold[schedule.total[I]][row];
    sum = operation<I>::fold(sum, x);
  }

  // --- once all lanes are done ---

  template <int I>
  RAMP_ALWAYS_INLINE static T fold_pack(V x) {
    if constexpr (std::is_same_v<operation<I>, op::sum>) {
      return reduce_sum(x);
    } else {
      T result = x[0];
      for (int i = 1; i < V::size; ++i) result = operation<I>::fold(result, x[i]);
      return result;
    }
  }

  struct scalar_operands {
    context<T> const& c;
    T (&value)[static_cast<std::size_t>(schedule.total_count + 1)][rows];
    int row;

    template <int N, int O>
    RAMP_ALWAYS_INLINE T get() const {
      constexpr placement const& p = place_of<P>(operand_of<P>(N, O));
      if constexpr (p.kernel != K) return load<P, N, O, T>(c, row, 0);
      else return value[schedule.total[p.local]][schedule.has_rows[p.local] ? row : 0];
    }
  };

  RAMP_ALWAYS_INLINE static void finish(context<T> const& c, totals const& total) {
    T value[static_cast<std::size_t>(schedule.total_count + 1)][rows];
    unroll<q.count>([&]<int I>() RAMP_LAMBDA_INLINE {
      constexpr int n = node_at<I>;
      if constexpr (part<I> == role::lane_fold) {
        constexpr int slot = schedule.total[I];
        for (int row = 0; row < results<I>; ++row) {
          T sum = fold_pack<I>(total.fold[slot][row]);
          carry<P, n>(c, sum, row, 0);
          value[slot][row] = sum;
          store<P, n>(c, sum, row, 0);
        }
      } else if constexpr (part<I> == role::post) {
        if (place_of<P>(n).after_samples && !c.last) return;
        for (int row = 0; row < results<I>; ++row) {
          T const x = compute<P, n, T>(scalar_operands{c, value, row});
          value[schedule.total[I]][row] = x;
          store<P, n>(c, x, row, 0);
        }
      }
    });
  }
};

}  // namespace RAMP_ISA
}  // namespace ramp::backend
