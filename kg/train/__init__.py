"""How the multilingual encoder and its heads are made: data, training, export, figures.

Needs the extra ``train`` (torch, onnx); nothing outside this package imports torch.
"""
