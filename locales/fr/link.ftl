### Les pages qui mènent aux liens d’une publication, là où on ne peut pas les toucher.

link-open = Si rien ne s’ouvre, touchez ici :

link-gone = Ce lien n’existe pas. La publication du salon a peut-être changé.

link-later = Il y a foule en ce moment. Réessayez dans un instant.
