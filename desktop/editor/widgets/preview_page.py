"""The page of the preview: no scripts, no files, no network, no way to anywhere else."""

from PySide6.QtCore import QObject, QUrl, Signal, Slot
from PySide6.QtWebEngineCore import (
    QWebEngineNewWindowRequest,
    QWebEnginePage,
    QWebEngineProfile,
    QWebEngineSettings,
    QWebEngineUrlRequestInfo,
    QWebEngineUrlRequestInterceptor,
)

from desktop.editor.widgets.preview_scheme import PAGE, SCHEME

_Attribute = QWebEngineSettings.WebAttribute
_OFF = (
    _Attribute.JavascriptEnabled,
    _Attribute.JavascriptCanOpenWindows,
    _Attribute.JavascriptCanAccessClipboard,
    _Attribute.LocalStorageEnabled,
    _Attribute.LocalContentCanAccessRemoteUrls,
    _Attribute.LocalContentCanAccessFileUrls,
    _Attribute.PluginsEnabled,
    _Attribute.PdfViewerEnabled,
    _Attribute.AutoLoadIconsForPage,
    _Attribute.HyperlinkAuditingEnabled,
    _Attribute.DnsPrefetchEnabled,
    _Attribute.FullScreenSupportEnabled,
    _Attribute.WebGLEnabled,
    _Attribute.Accelerated2dCanvasEnabled,
    _Attribute.ScreenCaptureEnabled,
    _Attribute.NavigateOnDropEnabled,
    _Attribute.AllowRunningInsecureContent,
    _Attribute.AllowGeolocationOnInsecureOrigins,
    _Attribute.AllowWindowActivationFromJavaScript,
    _Attribute.ErrorPageEnabled,
)


class OnlyOurs(QWebEngineUrlRequestInterceptor):
    """The last wall: a request that leaves the preview's scheme is blocked, whatever let it through before."""

    def __init__(self, parent: QObject) -> None:
        super().__init__(parent)
        self.blocked: list[str] = []

    def interceptRequest(self, info: QWebEngineUrlRequestInfo) -> None:
        if info.requestUrl().scheme() != SCHEME.decode():
            self.blocked.append(info.requestUrl().toString())
            info.block(True)  # noqa: FBT003  Qt's own signature


class PreviewPage(QWebEnginePage):
    """Stays where it is. Signals: `link_opened(QUrl)`, a link to the outside that a person chose."""

    link_opened = Signal(QUrl)

    def __init__(self, profile: QWebEngineProfile, parent: QObject) -> None:
        super().__init__(profile, parent)
        for attribute in _OFF:
            self.settings().setAttribute(attribute, False)  # noqa: FBT003  Qt's own signature
        self.newWindowRequested.connect(self._on_new_window_requested)

    def acceptNavigationRequest(self, url: QUrl | str, kind: QWebEnginePage.NavigationType, isMainFrame: bool) -> bool:  # noqa: FBT001, N803  Qt's own signature
        wanted = QUrl(url)
        if kind == QWebEnginePage.NavigationType.NavigationTypeLinkClicked:
            self._offer(wanted)
        return isMainFrame and _place(wanted) == _place(PAGE)

    def javaScriptConsoleMessage(
        self, level: QWebEnginePage.JavaScriptConsoleMessageLevel, message: str, line: int, source: str
    ) -> None:
        """Refused styles and scripts of pasted content: expected, and nobody's concern."""

    @Slot(QWebEngineNewWindowRequest)
    def _on_new_window_requested(self, request: QWebEngineNewWindowRequest) -> None:
        self._offer(request.requestedUrl())

    def _offer(self, url: QUrl) -> None:
        if url.scheme() in {"http", "https", "mailto", "tel"}:
            self.link_opened.emit(url)


def _place(url: QUrl) -> tuple[str, str, str]:
    """An address without its fragment: a link of the table of contents stays on the page."""
    return url.scheme(), url.host(), url.path()


def private_profile(parent: QObject) -> QWebEngineProfile:
    """A profile that keeps nothing: off the record, no cookies, no cache on disk, no downloads."""
    profile = QWebEngineProfile(parent)
    profile.setPersistentCookiesPolicy(QWebEngineProfile.PersistentCookiesPolicy.NoPersistentCookies)
    profile.setHttpCacheType(QWebEngineProfile.HttpCacheType.NoCache)
    profile.setSpellCheckEnabled(False)
    return profile
