"""The training loop: all tasks at once, against the clock, with checkpoints.

The learning rate warms up, then falls linearly to zero at the end of the steps or of the minutes,
whichever comes first; so a run on a busy machine still ends with its rate decayed.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import torch
import torch.multiprocessing
import torch.nn.functional as functional
from torch import Tensor

from kg.train.corpora import Corpus
from kg.train.network import Network
from kg.train.sentence import Sentence
from kg.train.windows import IGNORE, Batch, Encoder, Window, batches, collate, epoch_windows

__all__ = ["CHECKPOINT", "Plan", "fit"]

CHECKPOINT = "checkpoint.pt"

WORDS = "encoder.words.weight"
NO_DECAY = ("bias", "norm", "positions")
WEIGHTS = {"upos": 0.6, "feats": 0.6, "lemma": 0.6, "sentences": 2.0, "triggers": 4.0, "modalities": 0.5}  # of a task; else 1


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how fast to train. Minutes are of wall time, pieces are of one batch."""

    epochs: int = 4
    minutes: float = 75.0
    pieces: int = 900
    encoder_rate: float = 3e-4
    head_rate: float = 1e-3
    embedding_rate: float = 3e-4
    warm: int = 100
    seed: int = 1
    save_every: float = 5.0
    workers: int = 2

    def at_rate(self, factor: float) -> Plan:
        """The same plan with all learning rates scaled: less for a run from an earlier one's weights."""
        return replace(
            self,
            encoder_rate=self.encoder_rate * factor,
            head_rate=self.head_rate * factor,
            embedding_rate=self.embedding_rate * factor,
        )


def losses(network: Network, batch: Batch, name_sets: Tensor) -> dict[str, Tensor]:
    """The loss of each task that the batch annotates, as a mean over its annotated tokens.

    A head looks only at the tokens that its task is annotated on.
    """
    x = network.tokens(batch.ids, batch.first, batch.last, batch.lengths)
    heads, linear = network.heads, network.heads.linear
    out: dict[str, Tensor] = {}
    for task, target in (("upos", batch.upos), ("lemma", batch.lemmas)):
        known = target != IGNORE
        if task in linear and known.any():
            out[task] = functional.cross_entropy(linear[task](x[known]), target[known])
    known = (batch.feats != IGNORE).any(-1)
    if "feats" in linear and known.any():
        parts = linear["feats"](x[known]).split(heads.feat_sizes, dim=-1)
        out["feats"] = torch.stack(
            [
                functional.cross_entropy(part, target, ignore_index=IGNORE)
                for part, target in zip(parts, batch.feats[known].unbind(-1), strict=True)
                if (target != IGNORE).any()
            ]
        ).sum()
    known = batch.starts != IGNORE
    if "sentences" in linear and known.any():
        logits = linear["sentences"](x[known]).squeeze(-1)
        target = batch.starts[known].float()
        out["sentences"] = functional.binary_cross_entropy_with_logits(logits, target)
    known = batch.names != IGNORE
    if "names" in linear and known.any():
        shares = linear["names"](x[known]).log_softmax(-1)
        allowed = name_sets[batch.names[known]]
        out["names"] = -shares.masked_fill(~allowed, -1e4).logsumexp(-1).mean()
    known = batch.heads != IGNORE
    if "dependencies" in heads.shape.heads and known.any():
        rooted = heads.rooted(x)
        same = batch.sentence[:, :, None] == batch.sentence[:, None, :]
        mask = functional.pad(same, (1, 0), value=True)
        mask[:, :, 1:] &= ~torch.eye(same.shape[1], dtype=torch.bool)
        arcs = heads.arcs(x, rooted).masked_fill(~mask, -1e9)
        out["arcs"] = functional.cross_entropy(arcs[known], batch.heads[known])
        labelled = known & (batch.deprels != IGNORE)
        labels = heads.labels_of(x, rooted, batch.heads.clamp(min=0), labelled)
        out["labels"] = functional.cross_entropy(labels, batch.deprels[labelled])
    known = batch.triggers != IGNORE
    if "events" in heads.shape.heads and known.any():
        out["triggers"] = functional.cross_entropy(heads.triggers(x[known]), batch.triggers[known])
        if len(batch.told):
            moods = batch.modalities != IGNORE
            out["modalities"] = functional.cross_entropy(heads.modalities(x[moods]), batch.modalities[moods])
            asked = batch.links != IGNORE
            target = batch.links[asked]
            # Most tokens are linked to nothing: the sum is shared out over the events and what is linked to them.
            shares = functional.cross_entropy(heads.links_of(x, batch.told)[asked], target, reduction="sum")
            out["links"] = shares / (len(batch.told) + (target > 0).sum())
    return out


@dataclass(frozen=True, slots=True)
class Job:
    """What every worker is given. ``counter`` hands out batches, over all epochs in one row."""

    network: Network
    corpora: list[tuple[Corpus, list[Sentence]]]
    encoder: Encoder
    plan: Plan
    folder: Path
    counter: Any
    spent: float


def fit(
    network: Network,
    corpora: list[tuple[Corpus, list[Sentence]]],
    encoder: Encoder,
    plan: Plan,
    folder: Path,
    log: Callable[[str], None],
) -> None:
    """Train ``network`` in place; resume from the checkpoint in ``folder`` if there is one.

    Workers share the weights and update them without locks (Hogwild, Niu et al. 2011), each with
    one thread and its own moments: on a busy machine none waits for another.
    """
    context = torch.multiprocessing.get_context("spawn")
    taken, spent = 0, 0.0
    checkpoint = folder / CHECKPOINT
    if checkpoint.is_file():
        state = torch.load(checkpoint, weights_only=False)
        network.load_state_dict(state["network"])
        taken, spent = state["step"], state["spent"]
        log(f"resumed at batch {taken}, {spent / 60:.1f} minutes spent")
    network.share_memory()
    job = Job(network, corpora, encoder, plan, folder, context.Value("q", taken), spent)
    workers = [context.Process(target=_work, args=(job, i)) for i in range(plan.workers)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    failed = [worker.exitcode for worker in workers if worker.exitcode]
    if failed:
        raise RuntimeError(f"{len(failed)} of {plan.workers} workers failed: {failed}")


def _work(job: Job, number: int) -> None:
    """One worker: take batches until the epochs or the minutes are over."""
    torch.set_num_threads(1)
    torch.manual_seed(job.plan.seed * 100 + number)
    network, plan = job.network, job.plan
    network.train()
    optimizers = _optimizers(network, plan)
    moments = job.folder / f"moments{number}.pt"
    if job.spent and moments.is_file():
        for optimizer, state in zip(optimizers, torch.load(moments), strict=True):
            optimizer.load_state_dict(state)
    groups = [group for optimizer in optimizers for group in optimizer.param_groups]
    rates = [group["lr"] for group in groups]
    dense = [p for name, p in network.named_parameters() if name != WORDS]
    epoch, base = 0, 0
    todo = _epoch(job, epoch)
    name_sets = job.encoder.name_sets
    total = plan.epochs * len(todo)
    begin = time.monotonic() - job.spent
    saved = mark = time.monotonic()
    sums: dict[str, list[float]] = {}
    pieces = steps = 0
    while True:
        with job.counter.get_lock():
            index = job.counter.value
            job.counter.value += 1
        while index >= base + len(todo) and epoch + 1 < plan.epochs:
            base, epoch = base + len(todo), epoch + 1
            todo = _epoch(job, epoch)
            name_sets = job.encoder.name_sets
        elapsed = time.monotonic() - begin
        done = max(index / total, elapsed / 60 / plan.minutes)
        if done >= 1 or index >= base + len(todo):
            break
        factor = min(1.0, (index + 1) / plan.warm) * (1 - done)
        for group, rate in zip(groups, rates, strict=True):
            group["lr"] = rate * factor
        batch = collate(todo[index - base], job.encoder.attributes, job.encoder.pieces.pad)
        found = losses(network, batch, name_sets)
        loss = torch.stack([WEIGHTS.get(task, 1.0) * value for task, value in found.items()]).sum()
        network.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call, unused-ignore]
        torch.nn.utils.clip_grad_norm_([p for p in dense if p.grad is not None], 2.0)
        for optimizer in optimizers:
            optimizer.step()
        for task, value in found.items():
            sums.setdefault(task, []).append(value.item())
        steps += 1
        pieces += int(batch.lengths.sum())
        if steps % 50 == 0:
            speed = pieces / (time.monotonic() - mark)
            means = " ".join(f"{k} {sum(v) / len(v):.3f}" for k, v in sorted(sums.items()))
            print(
                f"worker {number} epoch {epoch} {index - base}/{len(todo)} {elapsed / 60:.1f} min rate {factor:.2f} {speed:.0f} pieces/s | {means}",
                flush=True,
            )
            sums, pieces, mark = {}, 0, time.monotonic()
        if time.monotonic() - saved > plan.save_every * 60:
            _save(job, number, optimizers, index, elapsed)
            saved = time.monotonic()
    _save(job, number, optimizers, index, time.monotonic() - begin)
    print(f"worker {number} ends in epoch {epoch} at batch {index}", flush=True)


def _epoch(job: Job, epoch: int) -> list[list[Window]]:
    """The batches of an epoch: the same in every worker."""
    seed = job.plan.seed * 1000 + epoch
    windows = epoch_windows(job.corpora, job.encoder, seed)
    return batches(windows, job.plan.pieces, random.Random(seed))


def _optimizers(network: Network, plan: Plan) -> list[torch.optim.Optimizer]:
    """AdamW, and lazy Adam for the rows of the embedding table that a step touches."""
    groups: dict[tuple[float, float], list[Tensor]] = {}
    for name, parameter in network.named_parameters():
        if name == WORDS:
            continue
        rate = plan.encoder_rate if name.startswith("encoder.") else plan.head_rate
        decay = 0.0 if any(part in name for part in NO_DECAY) else 0.01
        groups.setdefault((rate, decay), []).append(parameter)
    betas = (0.9, 0.98)
    return [
        torch.optim.AdamW(
            [{"params": p, "lr": rate, "weight_decay": d} for (rate, d), p in groups.items()],
            betas=betas,
            eps=1e-6,
            fused=True,
        ),
        torch.optim.SparseAdam([network.encoder.words.weight], lr=plan.embedding_rate, betas=betas, eps=1e-6),
    ]


def _save(job: Job, number: int, optimizers: list[torch.optim.Optimizer], step: int, spent: float) -> None:
    """The weights by the first worker, the moments by each."""
    _write([optimizer.state_dict() for optimizer in optimizers], job.folder / f"moments{number}.pt")
    if number == 0:
        state = {"network": job.network.state_dict(), "step": step, "spent": spent}
        _write(state, job.folder / CHECKPOINT)


def _write(state: object, path: Path) -> None:
    temporary = path.with_suffix(".part")
    torch.save(state, temporary)
    temporary.replace(path)
